package org.helpline.gateway.sip;

/// Why a phone's WebSocket is closed, as its close frame says it. A page need not try again after those of 4400 and
/// more, except `silent`.
enum SipClose {
    GOING_AWAY(1001, "going-away"),
    TEXT_ONLY(1003, "text-frames-only"),
    MESSAGE_TOO_BIG(1009, "message-too-big"),
    CARRIER_GONE(1013, "carrier-gone"),
    TOKEN_VOID(4401, "token-void"),
    SILENT(4408, "silent"),
    TAKEN_OVER(4409, "taken-over");

    private final short code;
    private final String word;

    SipClose(int code, String word) {
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
