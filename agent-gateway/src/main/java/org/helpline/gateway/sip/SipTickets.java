package org.helpline.gateway.sip;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Tickets for one connection each. A user has one at a time: a new one makes the one before void.
///
/// Thread-safe.
final class SipTickets {
    private static final int BYTES = 32;

    private final Duration life;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Ticket> open = new HashMap<>();
    private final Map<String, String> byUser = new HashMap<>();

    /// @param endpoint that the socket is for
    record Ticket(SipDoor.Pass pass, String endpoint, Instant expiresAt) {}

    /// @param written as the page sends it
    record Issued(String written, Instant expiresAt) {
        @Override
        public String toString() {
            return "Issued[REDACTED, " + expiresAt + "]";
        }
    }

    SipTickets(Duration life) {
        this.life = life;
    }

    synchronized Issued issue(SipDoor.Pass pass, String endpoint, Instant now) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String written = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant expiresAt = now.plus(life);
        String former = byUser.put(pass.user(), written);
        if (former != null) open.remove(former);
        open.put(written, new Ticket(pass, endpoint, expiresAt));
        return new Issued(written, expiresAt);
    }

    /// Empty when there is no such ticket, or no more.
    synchronized Optional<Ticket> use(String written, Instant now) {
        Ticket ticket = open.remove(written);
        if (ticket == null) return Optional.empty();
        byUser.remove(ticket.pass().user(), written);
        return ticket.expiresAt().isAfter(now) ? Optional.of(ticket) : Optional.empty();
    }

    synchronized void forgetExpired(Instant now) {
        open.values().removeIf(ticket -> !ticket.expiresAt().isAfter(now));
        byUser.values().removeIf(written -> !open.containsKey(written));
    }
}
