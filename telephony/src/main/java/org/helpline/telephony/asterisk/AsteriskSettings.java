package org.helpline.telephony.asterisk;

import java.net.URI;
import java.time.Duration;

/// How to reach an Asterisk.
///
/// @param url of its HTTP server, without `/ari`
/// @param user in `ari.conf`
/// @param application name under which the dialplan hands calls to us; a second client of that name replaces
/// the first
/// @param requestTimeout after which a request counts as unanswered
/// @param maxOutstandingRequests more than these are refused as overloaded
/// @param reconnectFirst longest pause before the first attempt to connect again; it doubles with each
/// further one
/// @param reconnectMost longest pause ever
/// @param maxMessageBytes of one message on the WebSocket
/// @param heartbeat pause between events that we send to ourselves; one that does not come back ends the
/// connection
/// @param deadAfter so long must the machine refuse connections until Asterisk counts as dead, and its calls as over
/// @param unclaimedPhones so long a browser's account that an earlier run left behind waits for its page
public record AsteriskSettings(
        URI url,
        String user,
        String password,
        String application,
        Duration requestTimeout,
        int maxOutstandingRequests,
        Duration reconnectFirst,
        Duration reconnectMost,
        int maxMessageBytes,
        Duration heartbeat,
        Duration deadAfter,
        Duration unclaimedPhones) {

    public AsteriskSettings {
        if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException("url must be http://host:port or https://host:port, but is " + url);
        }
        if (user.isBlank() || user.contains(":")) {
            throw new IllegalArgumentException("user must not be blank and must not contain a colon");
        }
        if (!application.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "application must be 1 to 64 letters, digits, _ or -, but is " + application);
        }
        positive("requestTimeout", requestTimeout);
        positive("reconnectFirst", reconnectFirst);
        positive("reconnectMost", reconnectMost);
        positive("heartbeat", heartbeat);
        positive("deadAfter", deadAfter);
        positive("unclaimedPhones", unclaimedPhones);
        if (reconnectMost.compareTo(reconnectFirst) < 0) {
            throw new IllegalArgumentException("reconnectMost must not be less than reconnectFirst");
        }
        atLeast("maxOutstandingRequests", maxOutstandingRequests, 16);
        atLeast("maxMessageBytes", maxMessageBytes, 65_536);
    }

    public static AsteriskSettings of(URI url, String user, String password) {
        return new AsteriskSettings(
                url,
                user,
                password,
                "helpline",
                Duration.ofSeconds(5),
                2000,
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                4 * 1024 * 1024,
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofMinutes(5));
    }

    public AsteriskSettings withApplication(String name) {
        return new AsteriskSettings(
                url,
                user,
                password,
                name,
                requestTimeout,
                maxOutstandingRequests,
                reconnectFirst,
                reconnectMost,
                maxMessageBytes,
                heartbeat,
                deadAfter,
                unclaimedPhones);
    }

    AsteriskSettings withUnclaimedPhones(Duration time) {
        return new AsteriskSettings(
                url,
                user,
                password,
                application,
                requestTimeout,
                maxOutstandingRequests,
                reconnectFirst,
                reconnectMost,
                maxMessageBytes,
                heartbeat,
                deadAfter,
                time);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than zero, but is " + value);
        }
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but is " + value);
        }
    }

    boolean secure() {
        return "https".equals(url.getScheme());
    }

    int port() {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return secure() ? 443 : 80;
    }

    @Override
    public String toString() {
        return "AsteriskSettings[url=" + url + ", user=" + user + ", password=[REDACTED], application=" + application
                + "]";
    }
}
