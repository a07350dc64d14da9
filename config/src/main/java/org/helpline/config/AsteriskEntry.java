package org.helpline.config;

import java.net.URI;
import java.util.Optional;

/// The telephone switch that moves the calls.
///
/// @param url base of its HTTP server, such as `http://127.0.0.1:8088`
/// @param user of the REST interface
/// @param password of that user
/// @param application name under which calls are handed over, one for each routing domain
/// @param ami how it is watched; empty: it is not
public record AsteriskEntry(URI url, String user, String password, String application, Optional<AmiEntry> ami) {
    @Override
    public String toString() {
        return "AsteriskEntry[" + url + ", user=" + user + ", password=" + Redacted.REDACTED + ", application="
                + application + ", ami=" + ami + "]";
    }
}
