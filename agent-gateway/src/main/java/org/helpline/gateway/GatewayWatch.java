package org.helpline.gateway;

/// Hears how the gateway fares, for metrics. Called on any context, also at once: be quick.
public interface GatewayWatch {
    /// Nobody watches.
    GatewayWatch NONE = new GatewayWatch() {};

    /// What a socket is for.
    enum Kind {
        AGENT,
        SUPERVISOR,
        LIVE
    }

    default void opened(Kind kind) {}

    /// @param reason the word of the close reason; `left` when the client went
    default void closed(Kind kind, String reason) {}

    default void received(Kind kind) {}

    default void sent(Kind kind) {}

    /// A request was turned away at the door.
    ///
    /// @param reason a word of ours
    default void refused(String reason) {}

    /// @param reason a word of ours
    default void signInFailed(String reason) {}
}
