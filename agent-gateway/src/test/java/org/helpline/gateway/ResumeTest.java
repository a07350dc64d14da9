package org.helpline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A desktop that was away gets what it missed, or is told that it cannot have it.
class ResumeTest {
    private GatewayServer server;

    @BeforeEach
    void start() {
        server = GatewayServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatWasMissedIsSentAgainInOrder() {
        DeskClient tab = server.desk("agent1");
        DeskClient away = server.desk("agent1");
        tab.done("set-state", "state", "ready");
        long seen = away.state("ready").getLong("seq");
        away.close();
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        JsonObject told = tab.next("offer");
        String offer = told.getString("offerId");
        long newest = tab.state("reserved").getLong("seq");
        server.clock.elapse(Duration.ofSeconds(5));

        DeskClient back = resumed(seen);
        JsonObject welcome = back.next("welcome");
        assertFalse(welcome.getBoolean("reset"));
        assertEquals(seen, welcome.getLong("seq"));
        assertEquals(newest, welcome.getLong("snapshotSeq"));
        assertEquals("reserved", welcome.getJsonObject("state").getString("state"));
        JsonObject pending = welcome.getJsonArray("offers").getJsonObject(0);
        assertEquals(offer, pending.getString("offerId"));
        assertEquals(15_000, pending.getLong("expiresInMs"));
        assertEquals(
                "offered", welcome.getJsonArray("contacts").getJsonObject(0).getString("state"));

        JsonObject again = back.next();
        assertEquals("offer", again.getString("type"));
        assertEquals(told.getLong("seq"), again.getLong("seq"));
        assertEquals(15_000, again.getLong("expiresInMs"), "counted anew");
        assertEquals(newest, back.next().getLong("seq"));
        back.done("accept-offer", "offerId", offer);
    }

    @Test
    void nothingMissedIsNothingSent() {
        DeskClient desk = server.desk("agent1");
        desk.done("set-state", "state", "ready");
        long seq = server.desk("agent1").next("welcome").getLong("seq");
        DeskClient back = resumed(seq);
        assertEquals(seq, back.next("welcome").getLong("snapshotSeq"));
        back.done("set-state", "state", "not-ready");
    }

    @Test
    void anOfferThatEndedMeanwhileIsSeenToHaveEnded() {
        DeskClient tab = server.desk("agent1");
        tab.done("set-state", "state", "ready");
        long seen = server.desk("agent1").next("welcome").getLong("seq");
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        tab.next("offer");
        server.submit(new Input.CallerLeft(new ContactId("call-1")));
        tab.next("offer-ended");

        DeskClient back = resumed(seen);
        assertTrue(back.next("welcome").getJsonArray("offers").isEmpty());
        back.next("offer");
        assertEquals("rescinded", back.next("offer-ended").getString("outcome"));
    }

    @Test
    void whatIsTooOldIsReset() {
        GatewaySettings.Sockets usual = GatewayServer.SETTINGS.sockets();
        GatewaySettings settings = GatewayServer.withSockets(new GatewaySettings.Sockets(
                usual.maxFrameBytes(),
                usual.maxUnsentBytes(),
                usual.maxPerAgent(),
                usual.maxLive(),
                4,
                usual.maxInFlight(),
                usual.maxMalformed(),
                usual.pingInterval(),
                usual.idleTimeout()));
        try (GatewayServer small = GatewayServer.start(settings)) {
            DeskClient desk = small.desk("agent1");
            long first = desk.next("welcome").getLong("seq");
            for (int i = 0; i < 3; i++) {
                desk.done("set-state", "state", "ready");
                desk.done("set-state", "state", "not-ready");
            }
            JsonObject welcome = DeskClient.connect(small, "/v1/agent?after=" + first, small.token("agent1"))
                    .next("welcome");
            assertTrue(welcome.getBoolean("reset"));
            assertEquals(welcome.getLong("snapshotSeq"), welcome.getLong("seq"));
        }
    }

    @Test
    void aNumberThatWasNeverGivenIsReset() {
        server.desk("agent1").done("set-state", "state", "ready");
        JsonObject welcome = resumed(7).next("welcome");
        assertTrue(welcome.getBoolean("reset"), "before the first");
        JsonObject future = resumed(welcome.getLong("seq") + 1_000_000).next("welcome");
        assertTrue(future.getBoolean("reset"), "of the future");
    }

    private DeskClient resumed(long after) {
        return DeskClient.connect(server, "/v1/agent?after=" + after, server.token("agent1"));
    }
}
