package org.helpline.router;

/// What a supervisor may do in a contact.
public enum SupervisionMode {
    /// Hears both, is heard by nobody.
    MONITOR,
    /// Hears both, is heard by the agent alone.
    WHISPER,
    /// Hears both and is heard by both.
    BARGE
}
