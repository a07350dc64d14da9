package org.helpline.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.helpline.gateway.DayHistory.Past;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.Event.ContactOutcome;
import org.helpline.router.Input;
import org.helpline.router.Language;
import org.helpline.router.Modality;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// After a start the wallboard's figures of the day are whole again, each contact once.
class DayBeforeTest {
    private final List<Past> records = new CopyOnWriteArrayList<>();
    private final List<Instant> asked = new CopyOnWriteArrayList<>();
    private GatewayServer server;
    private GatewayServer again;

    @BeforeEach
    void start() {
        server = GatewayServer.start();
        server.day = from -> {
            asked.add(from);
            return Future.succeededFuture(List.copyOf(records));
        };
    }

    @AfterEach
    void stop() {
        server.close();
        if (again != null) again.close();
    }

    private Past past(String contact, Optional<Duration> wait, Duration all, ContactOutcome outcome) {
        Instant queued = server.clock.instant().minus(all);
        return new Past(
                new ContactId(contact),
                RoutingDomain.HELPLINE,
                RoutingDomain.SNAP,
                new Language("es"),
                Modality.VOICE,
                queued,
                wait.map(queued::plus),
                server.clock.instant(),
                outcome);
    }

    /// Killed with everything in the snapshot.
    private void restart() {
        again = GatewayServer.recovered(server, server.domain.journalled().size());
    }

    private JsonObject figures() {
        DeskClient client = DeskClient.connect(again, "/v1/live", again.token("supervisor1"));
        JsonObject figures = client.next();
        client.close();
        return figures;
    }

    private void whole() {
        await().until(() -> !figures().containsKey("since"));
    }

    private JsonObject row() {
        assertEquals(1, figures().getJsonArray("queues").size());
        return figures().getJsonArray("queues").getJsonObject(0);
    }

    @Test
    void whatIsOverComesFromTheRecordsAndWhatIsThereDoesNot() {
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        server.clock.elapse(Duration.ofMinutes(10));
        records.add(past("old-1", Optional.of(Duration.ofSeconds(5)), Duration.ofMinutes(3), ContactOutcome.HANDLED));
        records.add(past("old-2", Optional.of(Duration.ofMinutes(1)), Duration.ofMinutes(3), ContactOutcome.HANDLED));
        records.add(past("old-3", Optional.empty(), Duration.ofMinutes(2), ContactOutcome.ABANDONED));
        restart();
        whole();
        JsonObject row = row();
        assertEquals(4, row.getInteger("offered"));
        assertEquals(2, row.getInteger("handled"));
        assertEquals(1, row.getInteger("abandoned"));
        assertEquals(1, row.getInteger("waiting"));
        assertEquals(0.3333, row.getJsonObject("serviceLevel").getDouble("value"));
        assertEquals(1, asked.size());

        again.submit(new Input.CallerLeft(new ContactId("call-1")));
        await().until(() -> row().getInteger("abandoned") == 2);
        assertEquals(4, row().getInteger("offered"));
    }

    @Test
    void whatWasHeardOfIsNotCountedAgain() {
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        int snapshot = server.domain.journalled().size();
        server.submit(new Input.CallerLeft(new ContactId("call-1")));
        server.clock.elapse(Duration.ofMinutes(1));
        records.add(past("call-1", Optional.empty(), Duration.ofMinutes(1), ContactOutcome.ABANDONED));
        again = GatewayServer.recovered(server, snapshot);
        whole();
        assertEquals(1, row().getInteger("offered"));
        assertEquals(1, row().getInteger("abandoned"));
    }

    @Test
    void recordsThatCannotBeReadYetAreAskedAgainAndTheFiguresSaySo() {
        List<Boolean> ready = new ArrayList<>();
        server.day = _ -> {
            if (!ready.isEmpty()) return Future.succeededFuture(List.copyOf(records));
            ready.add(true);
            return Future.failedFuture("the database is away");
        };
        records.add(past("old-1", Optional.empty(), Duration.ofMinutes(2), ContactOutcome.LOST));
        restart();
        assertTrue(figures().containsKey("since"));
        whole();
        assertEquals(1, row().getInteger("offered"));
        assertEquals(0, row().getInteger("abandoned"));
    }

    /// Its record is there when its wrap-up is over.
    @Test
    void aContactThatIsWrappedUpIsWaitedFor() {
        DeskClient desk = server.desk("agent1");
        desk.done("set-state", "state", "ready");
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        desk.done("accept-offer", "offerId", desk.next("offer").getString("offerId"));
        server.submit(new Input.DeviceAnswered(server.domain.leg()));
        server.submit(new Input.CallerLeft(new ContactId("call-1")));
        await().until(() -> server.domain.journalled().stream().anyMatch(Event.WrapUpStarted.class::isInstance));
        restart();
        await().until(() -> asked.size() >= 2);
        assertTrue(figures().containsKey("since"));
        records.add(past("call-1", Optional.of(Duration.ZERO), Duration.ofMinutes(1), ContactOutcome.HANDLED));
        whole();
        assertEquals(1, row().getInteger("offered"));
        assertEquals(1, row().getInteger("handled"));
    }

    @Test
    void ofAContactOfTwoDaysOnlyTheSecondCounts() {
        records.add(past("long", Optional.of(Duration.ofSeconds(1)), Duration.ofHours(30), ContactOutcome.HANDLED));
        restart();
        whole();
        assertEquals(0, row().getInteger("offered"));
        assertEquals(1, row().getInteger("handled"));
        assertNull(row().getJsonObject("serviceLevel").getValue("value"));
    }
}
