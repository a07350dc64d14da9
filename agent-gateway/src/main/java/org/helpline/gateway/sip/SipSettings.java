package org.helpline.gateway.sip;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/// Bounds of browsers as phones.
///
/// @param ticketLife between a ticket's making and its use, 1 s to 5 min
/// @param ticketsPerMinute of one user, 1 to 1,000: one that needs more has a fault
/// @param maxMessageBytes of one SIP message, 4 KiB to 1 MiB; a longer one closes its socket
/// @param maxUnsentBytes that wait for a slow reader before the other side is not read any more, 16 KiB to 16 MiB
/// @param maxSockets in all, 1 to 100,000; a user has one, and a new one takes its place
/// @param unansweredPings in a row after which a page counts as gone, 1 to 100
/// @param connectTimeout for the way to the carrier, 100 ms to 1 min
/// @param keepUnused how long an account without a socket is kept, 1 s to 24 h
/// @param iceServers what pages give their `RTCPeerConnection`: STUN and TURN servers, with credentials
public record SipSettings(
        Duration ticketLife,
        int ticketsPerMinute,
        int maxMessageBytes,
        int maxUnsentBytes,
        int maxSockets,
        int unansweredPings,
        Duration connectTimeout,
        Duration keepUnused,
        JsonArray iceServers) {
    public static final SipSettings DEFAULT = new SipSettings(
            Duration.ofSeconds(30),
            30,
            65_536,
            262_144,
            2_000,
            4,
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            new JsonArray());

    public SipSettings {
        range("ticketLife", ticketLife, Duration.ofSeconds(1), Duration.ofMinutes(5));
        range("ticketsPerMinute", ticketsPerMinute, 1, 1_000);
        range("maxMessageBytes", maxMessageBytes, 4_096, 1_048_576);
        range("maxUnsentBytes", maxUnsentBytes, 16_384, 16_777_216);
        range("maxSockets", maxSockets, 1, 100_000);
        range("unansweredPings", unansweredPings, 1, 100);
        range("connectTimeout", connectTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        range("keepUnused", keepUnused, Duration.ofSeconds(1), Duration.ofDays(1));
        iceServers = iceServers.copy();
    }

    public SipSettings withIceServers(JsonArray servers) {
        return new SipSettings(
                ticketLife,
                ticketsPerMinute,
                maxMessageBytes,
                maxUnsentBytes,
                maxSockets,
                unansweredPings,
                connectTimeout,
                keepUnused,
                servers);
    }

    /// Reads `iceServers` as a setting writes it: what `RTCPeerConnection` takes, a JSON array of objects with `urls`
    /// and, for TURN, `username` and `credential`.
    public static JsonArray iceServers(String written) {
        JsonArray servers;
        try {
            servers = new JsonArray(written);
        } catch (io.vertx.core.json.DecodeException e) {
            throw new IllegalArgumentException(
                    "must be a JSON array such as [{\"urls\":\"stun:stun.example.org:3478\"}]", e);
        }
        for (Object entry : servers) {
            if (!(entry instanceof JsonObject server)
                    || !(server.getValue("urls") instanceof String url)
                    || !url.matches("(stuns?|turns?):[^\\s]{1,255}")) {
                throw new IllegalArgumentException(
                        "each server must be an object whose urls begins with stun:, stuns:, turn: or turns:");
            }
        }
        return servers;
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

    /// ICE servers carry credentials.
    @Override
    public String toString() {
        return "SipSettings[ticketLife=" + ticketLife + ", maxSockets=" + maxSockets + ", iceServers="
                + iceServers.size() + "]";
    }
}
