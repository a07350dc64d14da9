package org.helpline.router;

/// How a contact is handed on.
public enum TransferMode {
    /// The caller goes on at once; the agent has done with it.
    COLD,
    /// The agent speaks with the other agent first, while the caller is held.
    WARM
}
