package org.helpline.config;

import java.net.URI;
import java.time.Duration;

/// How the telephone switch is watched: its manager interface.
///
/// @param url `tcp://host:port` on this machine, or `tls://host:port`
/// @param probeEvery how often a desk phone is asked whether it is there
public record AmiEntry(URI url, String user, String password, Duration probeEvery) {
    static final Duration PROBE_EVERY = Duration.ofSeconds(15);

    @Override
    public String toString() {
        return "AmiEntry[" + url + ", user=" + user + ", password=" + Redacted.REDACTED + ", probeEvery=" + probeEvery
                + "]";
    }
}
