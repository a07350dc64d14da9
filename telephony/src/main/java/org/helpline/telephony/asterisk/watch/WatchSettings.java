package org.helpline.telephony.asterisk.watch;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// How to reach the manager interface of an Asterisk.
///
/// @param url `tcp://host:port`, for this machine only, or `tls://host:port`
/// @param user in `manager.conf`
/// @param responseTimeout after which an action counts as unanswered
/// @param censusEvery pause between two censuses; they also prove the connection
/// @param reconnectFirst pause after the first attempt to sign in that failed; it doubles with each further
/// one
/// @param reconnectMost longest pause ever
/// @param maxPending reports of quality that may wait for us; more are dropped
public record WatchSettings(
        URI url,
        String user,
        String password,
        Duration responseTimeout,
        Duration censusEvery,
        Duration reconnectFirst,
        Duration reconnectMost,
        int maxPending) {
    private static final int USUAL_PORT = 5038;
    private static final int USUAL_TLS_PORT = 5039;

    public WatchSettings {
        fault(url).ifPresent(fault -> {
            throw new IllegalArgumentException("url " + fault);
        });
        if (user.isBlank()) {
            throw new IllegalArgumentException("user must not be blank");
        }
        positive("responseTimeout", responseTimeout);
        positive("censusEvery", censusEvery);
        positive("reconnectFirst", reconnectFirst);
        if (reconnectMost.compareTo(reconnectFirst) < 0) {
            throw new IllegalArgumentException("reconnectMost must not be less than reconnectFirst");
        }
        if (maxPending < 1) {
            throw new IllegalArgumentException("maxPending must be at least 1, but is " + maxPending);
        }
    }

    public static WatchSettings of(URI url, String user, String password) {
        return new WatchSettings(
                url,
                user,
                password,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                10_000);
    }

    public WatchSettings withCensusEvery(Duration pause) {
        return new WatchSettings(
                url, user, password, responseTimeout, pause, reconnectFirst, reconnectMost, maxPending);
    }

    /// What is wrong with the address, if anything: the password must never cross a network in the clear.
    public static Optional<String> fault(URI url) {
        boolean tls = "tls".equals(url.getScheme());
        boolean bare = url.getUserInfo() == null
                && url.getQuery() == null
                && url.getFragment() == null
                && url.getPath().isEmpty();
        if (!(tls || "tcp".equals(url.getScheme())) || url.getHost() == null || !bare) {
            return Optional.of("must be tcp://host:port or tls://host:port");
        }
        return tls || loopback(url.getHost())
                ? Optional.empty()
                : Optional.of("must be tls://host:port for another machine; tcp:// is for loopback only");
    }

    private static boolean loopback(String host) {
        return host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("localhost") || host.equals("[::1]");
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than zero, but is " + value);
        }
    }

    boolean secure() {
        return "tls".equals(url.getScheme());
    }

    String host() {
        return url.getHost();
    }

    int port() {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return secure() ? USUAL_TLS_PORT : USUAL_PORT;
    }

    @Override
    public String toString() {
        return "WatchSettings[url=" + url + ", user=" + user + ", password=[REDACTED]]";
    }
}
