package org.helpline.gateway;

import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;

/// What is configured of the gateway. Each part has defaults; each value has a range, and a message that
/// names it.
///
/// @param tokenKey signs and checks tokens
public record GatewaySettings(TokenKey tokenKey, SignIn signIn, Sockets sockets, Live live, Floor floor) {

    public GatewaySettings(TokenKey tokenKey, SignIn signIn, Sockets sockets, Live live) {
        this(tokenKey, signIn, sockets, live, Floor.DEFAULT);
    }

    /// A frame up to this size is read to its end and answered with a close code; a longer one cuts the
    /// connection, so that nobody can make the server hold more.
    private static final int LARGEST_FRAME = 2_097_152;

    public static GatewaySettings of(TokenKey tokenKey) {
        return new GatewaySettings(tokenKey, SignIn.DEFAULT, Sockets.DEFAULT, Live.DEFAULT);
    }

    /// Options of the HTTP server that the gateway needs: frame limits belong to the server, not to a route.
    public HttpServerOptions applyTo(HttpServerOptions options) {
        return options.addWebSocketSubProtocol(Handshake.PROTOCOL)
                .addWebSocketSubProtocol("sip")
                .setMaxWebSocketFrameSize(LARGEST_FRAME)
                .setMaxWebSocketMessageSize(LARGEST_FRAME)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setWebSocketClosingTimeout(2);
    }

    /// @param allowed false when the server listens beyond loopback without TLS: passwords would travel in
    /// the clear
    /// @param tokenLife 1 min to 7 days
    /// @param allowedOrigins origins of pages served elsewhere, such as `https://desk.example.org`; ours
    /// always may
    /// @param failures failed attempts of one user from one address before it is refused, 1 to 1,000
    /// @param window how long failures count, and so the longest refusal, 1 s to 24 h
    /// @param tracked pairs of user and address remembered; beyond it the oldest is forgotten, 16 to
    /// 1,000,000
    /// @param verifying passwords checked at once, 1 to 64: each costs a core for a moment
    /// @param waiting sign-ins that may wait for their turn, 0 to 10,000; the next one is told to come back
    public record SignIn(
            boolean allowed,
            Duration tokenLife,
            Set<String> allowedOrigins,
            int failures,
            Duration window,
            int tracked,
            int verifying,
            int waiting) {
        public static final SignIn DEFAULT =
                new SignIn(true, Duration.ofHours(12), Set.of(), 5, Duration.ofMinutes(5), 10_000, 2, 64);

        public SignIn {
            allowedOrigins = Set.copyOf(allowedOrigins);
            range("tokenLife", tokenLife, Duration.ofMinutes(1), Duration.ofDays(7));
            range("failures", failures, 1, 1_000);
            range("window", window, Duration.ofSeconds(1), Duration.ofDays(1));
            range("tracked", tracked, 16, 1_000_000);
            range("verifying", verifying, 1, 64);
            range("waiting", waiting, 0, 10_000);
        }
    }

    /// @param maxFrameBytes longest message a client may send, 1 KiB to 1 MiB; a longer one closes its socket
    /// @param maxUnsentBytes what may wait for a slow reader before it is cut off, 16 KiB to 64 MiB
    /// @param maxPerAgent sockets (tabs) of one agent, 1 to 64
    /// @param maxLive sockets of the live metrics, 1 to 10,000
    /// @param resumeLog messages kept per agent for a client that comes back, 1 to 100,000
    /// @param maxInFlight commands of one socket that may be unanswered, 1 to 1,000
    /// @param maxMalformed malformed messages in a row before the socket is closed, 1 to 1,000
    /// @param pingInterval between pings, 20 ms to 1 min
    /// @param idleTimeout silence after which a client counts as gone, longer than the ping interval, up to
    /// 10 min; a vanished client is noticed within idleTimeout + pingInterval
    public record Sockets(
            int maxFrameBytes,
            int maxUnsentBytes,
            int maxPerAgent,
            int maxLive,
            int resumeLog,
            int maxInFlight,
            int maxMalformed,
            Duration pingInterval,
            Duration idleTimeout) {
        public static final Sockets DEFAULT =
                new Sockets(65_536, 1_048_576, 8, 200, 512, 32, 10, Duration.ofSeconds(2), Duration.ofSeconds(8));

        public Sockets {
            range("maxFrameBytes", maxFrameBytes, 1_024, 1_048_576);
            range("maxUnsentBytes", maxUnsentBytes, 16_384, 67_108_864);
            range("maxPerAgent", maxPerAgent, 1, 64);
            range("maxLive", maxLive, 1, 10_000);
            range("resumeLog", resumeLog, 1, 100_000);
            range("maxInFlight", maxInFlight, 1, 1_000);
            range("maxMalformed", maxMalformed, 1, 1_000);
            range("pingInterval", pingInterval, Duration.ofMillis(20), Duration.ofMinutes(1));
            range("idleTimeout", idleTimeout, pingInterval.plusMillis(1), Duration.ofMinutes(10));
        }

        /// How many pings in a row may stay unanswered.
        int unansweredPings() {
            return Math.toIntExact(idleTimeout.dividedBy(pingInterval));
        }
    }

    /// @param interval least time between two pushes to one client, 20 ms to 1 min
    /// @param zone where the day of the service level begins
    public record Live(Duration interval, ZoneId zone, ServiceLevel serviceLevel) {
        public static final Live DEFAULT = new Live(Duration.ofSeconds(1), ZoneOffset.UTC, ServiceLevel.DEFAULT);

        public Live {
            range("interval", interval, Duration.ofMillis(20), Duration.ofMinutes(1));
        }
    }

    /// @param interval least time between two changes that supervisors are told, 20 ms to 1 min
    /// @param maxSockets sockets of supervisors, 1 to 1,000
    /// @param returnWithin who listens in has this long after the server's restart to come back, 0 to 5 min
    public record Floor(Duration interval, int maxSockets, Duration returnWithin) {
        public static final Floor DEFAULT = new Floor(Duration.ofMillis(250), 50, Duration.ofSeconds(15));

        public Floor {
            range("interval", interval, Duration.ofMillis(20), Duration.ofMinutes(1));
            range("maxSockets", maxSockets, 1, 1_000);
            range("returnWithin", returnWithin, Duration.ZERO, Duration.ofMinutes(5));
        }
    }

    private static void range(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be between " + least + " and " + most + ", but is " + value);
        }
    }

    private static void range(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    name + " must be between " + least + " and " + most + ", but is " + value);
        }
    }
}
