package org.helpline.telephony.asterisk;

/// @param body as Asterisk sent it; empty when there was none
record AriResponse(int status, String body) {
    boolean ok() {
        return status >= 200 && status < 300;
    }
}
