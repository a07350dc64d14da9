package org.helpline.config;

import java.net.URI;

/// The telephone switch that moves the calls.
///
/// @param url base of its HTTP server, such as `http://127.0.0.1:8088`
/// @param user of the REST interface
/// @param password of that user
/// @param application name under which calls are handed over, one for each routing domain
public record AsteriskEntry(URI url, String user, String password, String application) {
    @Override
    public String toString() {
        return "AsteriskEntry[" + url + ", user=" + user + ", password=" + Redacted.REDACTED + ", application="
                + application + "]";
    }
}
