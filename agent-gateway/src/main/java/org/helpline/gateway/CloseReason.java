package org.helpline.gateway;

/// Why the server ends a WebSocket, as its close frame says it.
enum CloseReason {
    SIGNED_OUT(1000, "signed-out"),
    GOING_AWAY(1001, "going-away"),
    TOO_MANY_MALFORMED(1008, "too-many-malformed-messages"),
    MESSAGE_TOO_BIG(1009, "message-too-big"),
    SERVER_FAILED(1011, "server-failed"),
    SLOW_READER(1013, "slow-reader"),
    TOKEN_VOID(4401, "token-void"),
    NOT_AN_AGENT(4403, "not-an-agent"),
    NOT_A_SUPERVISOR(4403, "not-a-supervisor"),
    SILENT(4408, "silent"),
    TOO_MANY_SOCKETS(4429, "too-many-sockets");

    private final short code;
    private final String word;

    CloseReason(int code, String word) {
        this.code = (short) code;
        this.word = word;
    }

    short code() {
        return code;
    }

    String word() {
        return word;
    }
}
