package org.helpline.app.switchboard;

import java.util.Optional;

/// What is known of a caller when the call arrives, and whether it is one too many. Found out at the edge,
/// so that the machine decides by it and by nothing else.
///
/// @param language chosen last time
/// @param limit that the call is beyond, as records call it
public record KnownCaller(Optional<String> language, Optional<String> limit) {
    public static final KnownCaller STRANGER = new KnownCaller(Optional.empty(), Optional.empty());
}
