package org.helpline.router;

/// What an agent is doing, for routing and for the wallboard.
public enum AgentState {
    SIGNED_OUT,
    NOT_READY,
    READY,
    /// An offer is out, or the accepted contact's device is ringing.
    RESERVED,
    ON_CONTACT,
    WRAP_UP
}
