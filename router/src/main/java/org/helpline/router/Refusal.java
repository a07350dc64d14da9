package org.helpline.router;

/// Why a command was not carried out. A value, never an exception.
///
/// @param reason stable kebab-case word for programs: `unknown-offer`, `not-yours`, `wrong-state`,
/// `queue-full`, ...
/// @param message for people: what was wanted, found and allowed
public record Refusal(String reason, String message) {}
