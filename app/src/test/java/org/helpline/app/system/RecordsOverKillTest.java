package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.helpline.records.fold.ContactRecord;
import org.helpline.records.fold.ContactRecord.Outcome;
import org.helpline.records.fold.Segment.Kind;
import org.helpline.records.sql.DatabaseAddress;
import org.helpline.records.sql.RecordDatabase;
import org.helpline.records.sql.RecordQueries;
import org.helpline.router.ContactId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Helpline is killed while contacts are in every part of their way, and one ends while it is away: each has one
/// record in the end, and a true one.
@Tag("system")
class RecordsOverKillTest {
    private static final String WRAPPED_UP = "12125550701";
    private static final String TALKS = "12125550702";
    private static final String WAITS = "12125550703";
    private static final String LEAVES = "12125550704";
    private static final String IN_MENU = "12125550705";

    /// Between what somebody does here and what Helpline hears of it, on a busy machine.
    private static final Duration A_MOMENT = Duration.ofSeconds(3);

    @RegisterExtension
    static final HelplineSystem helpline =
            HelplineSystem.of(ConfigFolder.copy()).killable();

    @Test
    void everyContactHasOneRecordAndATrueOne() throws Exception {
        Instant begin = Instant.now();
        DeskPhone secondPhone = helpline.answeringPhone(2);
        Desktop second = helpline.desktop("agent2").ready();
        Caller wrappedUp = helpline.snapCaller(WRAPPED_UP);
        String afterTalk = taken(second);
        secondPhone.talksWith(wrappedUp);
        wrappedUp.hangUp();
        Instant hungUp = Instant.now();
        second.state("wrap-up");

        DeskPhone phone = helpline.answeringPhone(1);
        Desktop first = helpline.desktop("agent1").ready();
        Caller talker = helpline.snapCaller(TALKS);
        String talked = taken(first);
        phone.talksWith(talker);
        Caller waiter = helpline.snapCaller(WAITS);
        waiting(1);
        Instant waitsSince = Instant.now();
        Caller leaver = helpline.snapCaller(LEAVES);
        waiting(2);
        Caller chooser = helpline.caller(IN_MENU).hearsMenu();
        String waited = contactOf(WAITS);
        String left = contactOf(LEAVES);
        String chose = contactOf(IN_MENU);

        helpline.kill();
        Instant killed = Instant.now();
        leaver.hangUp();
        until("Asterisk has ended the call", () -> channels(LEAVES).isEmpty());
        Instant gone = Instant.now();
        helpline.start();
        Instant back = Instant.now();

        waiting(1);
        phone.talksWith(talker);
        assertFalse(chooser.call().over() || waiter.call().over());
        chooser.chooses("21");
        waiting(2);
        chooser.hangUp();
        waiting(1);
        second = helpline.desktop("agent2");
        assertEquals("wrap-up", second.welcomeState());
        second.wrapUp(afterTalk);
        JsonObject offer = second.offer();
        isAsOld(waitsSince, offer);
        second.accept(offer);
        until("the phone is called", () -> secondPhone.calls().size() == 2);
        secondPhone.talksWith(waiter);
        waiter.hangUp();
        second.state("wrap-up");
        second.wrapUp(waited);
        first = helpline.desktop("agent1");
        first.done("hang-up", "contactId", talked);
        Instant talkedUntil = Instant.now();
        first.state("wrap-up");
        first.wrapUp(talked);

        near(hungUp, record(afterTalk, Outcome.HANDLED).endedAt());
        ContactRecord overKill = record(talked, Outcome.HANDLED);
        near(talkedUntil, overKill.endedAt());
        assertEquals(1, talks(overKill), overKill::toString);
        assertTrue(overKill.totals().talk().compareTo(Duration.between(killed, back)) > 0, overKill::toString);
        ContactRecord kept = record(waited, Outcome.HANDLED);
        near(waitsSince, kept.offeredAt().orElseThrow());
        assertEquals(1, talks(kept), kept::toString);
        // Asterisk keeps nothing of a call that is over: in the record it ends when Helpline is back.
        Instant end = record(left, Outcome.ABANDONED, Outcome.SHORT_ABANDONED).endedAt();
        assertTrue(end.isAfter(gone.minus(A_MOMENT)) && end.isBefore(back.plus(A_MOMENT)), end::toString);
        ContactRecord fromMenu = record(chose, Outcome.ABANDONED, Outcome.SHORT_ABANDONED);
        assertTrue(fromMenu.arrivedAt().isBefore(killed), fromMenu::toString);
        assertTrue(fromMenu.offeredAt().orElseThrow().isAfter(back.minus(A_MOMENT)), fromMenu::toString);
        assertEquals(5, recordedSince(begin), "each contact once");

        // Begun anew behind a snapshot, the wallboard has the day from the records.
        assertEquals("5 offered, 3 handled, 2 abandoned", day());
        helpline.stop();
        helpline.start();
        until("the day is whole", () -> !figures().containsKey("since"));
        assertEquals("5 offered, 3 handled, 2 abandoned", day());
    }

    // ---- what the wallboard shows

    private static JsonObject figures() {
        Desktop wallboard = Desktop.ofWallboard(helpline.sockets(), helpline.httpPort(), helpline.token("supervisor1"));
        JsonObject figures = wallboard.await(_ -> true);
        wallboard.drop();
        return figures;
    }

    private static String day() {
        JsonArray queues = figures().getJsonArray("queues");
        return sum(queues, "offered") + " offered, " + sum(queues, "handled") + " handled, " + sum(queues, "abandoned")
                + " abandoned";
    }

    private static long sum(JsonArray rows, String figure) {
        return rows.stream()
                .mapToLong(row -> ((JsonObject) row).getLong(figure))
                .sum();
    }

    // ---- what happens

    private static String taken(Desktop desktop) {
        JsonObject offer = desktop.offer();
        desktop.accept(offer);
        desktop.state("on-contact");
        return offer.getJsonObject("contact").getString("contactId");
    }

    private static void isAsOld(Instant since, JsonObject offer) {
        JsonObject contact = offer.getJsonObject("contact");
        assertEquals(WAITS, contact.getJsonObject("caller").getString("number"));
        Duration age = Duration.ofMillis(contact.getLong("waitedMs"));
        near(since, Instant.now().minus(age));
    }

    private static void waiting(int callers) {
        until(callers + " wait", () -> helpline.metric("helpline_contacts_waiting") == callers);
    }

    // ---- what Asterisk has

    private static List<String> channels(String number) {
        return helpline.ari("channels").stream()
                .map(JsonObject.class::cast)
                .filter(channel ->
                        channel.getJsonObject("caller").getString("number").equals(number))
                .map(channel -> channel.getString("id"))
                .toList();
    }

    private static String contactOf(String number) {
        String variable = "channels/" + channels(number).getFirst() + "/variable?variable=HELPLINE_CONTACT";
        return new JsonObject(helpline.ariExchange(variable, "GET").body()).getString("value");
    }

    // ---- what the database has

    private static ContactRecord record(String contact, Outcome... outcomes) {
        ContactId id = new ContactId(contact);
        until("the record of " + contact, () -> helpline.record(id).isPresent());
        ContactRecord record = helpline.record(id).orElseThrow();
        assertTrue(Set.of(outcomes).contains(record.outcome()), record::toString);
        return record;
    }

    private static long talks(ContactRecord record) {
        return record.segments().stream()
                .filter(segment -> segment.kind() == Kind.TALK)
                .count();
    }

    private static long recordedSince(Instant begin) throws SQLException {
        try (RecordDatabase database =
                new RecordDatabase(new DatabaseAddress.Embedded(helpline.data().resolve("records.db")))) {
            return new RecordQueries(database)
                    .outcomes(begin, Instant.now()).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
        }
    }

    private static void near(Instant expected, Instant actual) {
        assertTrue(
                Duration.between(expected, actual).abs().compareTo(A_MOMENT) < 0,
                () -> actual + " instead of " + expected);
    }
}
