package org.helpline.router;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is known of a caller when the contact enters its queue; it travels with every offer.
///
/// @param helpline the helpline that was called
/// @param callerNumber as the carrier gave it, empty when withheld; personal data, masked in logs
/// @param need what the caller asked for, in the flow's words
/// @param path what the caller did so far, oldest first, at most 100 steps
/// @param arrivedAt when the call arrived
public record ContactContext(
        HelplineId helpline,
        Optional<String> callerNumber,
        Optional<String> need,
        List<PathStep> path,
        Instant arrivedAt) {
    public ContactContext {
        path = List.copyOf(path);
        Checks.range("path steps", path.size(), 0, 100);
    }

    /// One step of a caller's way through the flow.
    ///
    /// @param at when
    /// @param step the flow's node
    /// @param value what was chosen or told there
    public record PathStep(Instant at, String step, String value) {}
}
