package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.helpline.records.fold.ContactRecord;
import org.helpline.router.ContactId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What happens to a real Redis while people talk, wait and call: calls go on, it is said, and in the end the journal
/// has it all. `./soak redis` lets each fault last longer.
@Tag("system")
class RedisFaultsWithCallsTest {
    /// By itself a little longer than an answer may take and a lease lives.
    private static final Duration LASTS = Duration.ofSeconds(Integer.getInteger("helpline.count", 6));

    /// The words of the dialplan, its next attempt, and some for a machine that is busy.
    private static final Duration HANDED_BACK = Duration.ofSeconds(45);

    private static final Pattern LOST =
            Pattern.compile("recovery: entries (\\d+) to (\\d+) were acknowledged, and Redis has lost them");

    private static final String TALKS = "12125550821";
    private static final String FIRST = "12125550822";
    private static final String SECOND = "12125550823";

    private static final RedisSite redis = new RedisSite();
    private static final StringBuilder found = new StringBuilder("""
            Two talk and one waits when it happens. A new call is made at once; then the talk is ended, and the one who
            waited is connected. The journal is whole when every entry is in Redis once, in order.

            | to Redis happens | known after | new call in line after | entries in memory at its end | journal whole after its end | written again |
            |---|---|---|---|---|---|
            """);

    @RegisterExtension
    static final HelplineSystem helpline =
            HelplineSystem.of(ConfigFolder.copy()).killable().over(redis);

    @AfterEach
    void oneServesAgain() throws Exception {
        helpline.restart();
    }

    @AfterAll
    static void write() throws IOException {
        String file = System.getProperty("helpline.results");
        if (file != null) Files.writeString(Path.of(file), found.toString());
    }

    @Test
    void killedAndStartedAgain() {
        callsGoOn("killed", redis.server()::kill, redis.server()::launch);
    }

    @Test
    void frozen() {
        callsGoOn("stopped (SIGSTOP)", redis.server()::freeze, redis.server()::thaw);
    }

    @Test
    void theDiskIsFull() {
        callsGoOn("full disk", () -> redis.server().limitFiles(written()), redis.server()::unlimitFiles);
        assertTrue(helpline.process().told().contains("the journal is away: MISCONF"));
    }

    @Test
    void theNetworkIsCut() {
        callsGoOn("network cut", redis.network()::cut, redis.network()::mend);
    }

    @Test
    void thePromotedReplicaHasLostWrites() {
        RedisSite.Replica replica = redis.replicate();
        callsGoOn(
                "fail-over to a replica that lags",
                () -> {
                    replica.link().swallow();
                    long kept = redis.lastSeq();
                    helpline.caller("12125550824").hearsMenu().hangUp();
                    until("there is something to lose", () -> redis.lastSeq() > kept + 1);
                    redis.server().kill();
                },
                redis::failOver);
        assertTrue(helpline.metric("helpline_journal_rewritten_entries_total") > 0);
        assertTrue(helpline.process().told().contains("they are written again from memory"));
    }

    /// Nobody remembers what came last but Asterisk.
    @Test
    void helplineIsKilledAndThePromotedReplicaHasLostWrites() throws Exception {
        Caller first = helpline.snapCaller(FIRST);
        waiting(1);
        RedisSite.Replica replica = redis.replicate();
        replica.link().swallow();
        Caller second = helpline.snapCaller(SECOND);
        waiting(2);

        helpline.kill();
        long written = redis.lastSeq();
        redis.failOver();
        long kept = redis.lastSeq();
        helpline.start();
        String told = helpline.process().told();
        Matcher lost = LOST.matcher(told);
        assertTrue(lost.find(), told);
        assertEquals(kept + 1, Long.parseLong(lost.group(1)));
        // What was written and not acknowledged at the kill was promised to nobody.
        long acknowledged = Long.parseLong(lost.group(2));
        assertTrue(kept < acknowledged && acknowledged <= written, kept + " < " + acknowledged + " <= " + written);
        waiting(1);
        assertFalse(first.call().over());
        // Whom the journal has never seen is handed back to the dialplan, comes again, and is asked once more.
        until("the other one is back", HANDED_BACK, () -> helpline.metric("helpline_calls_arrived_total") == 1);
        second.chooses("21");
        waiting(2);
        redis.journalIsWhole();
    }

    private void callsGoOn(String fault, Runnable strike, Runnable mend) {
        DeskPhone phone = helpline.answeringPhone(1);
        Desktop desktop = helpline.desktop("agent1").ready();
        Desktop wall = Desktop.ofWallboard(helpline.sockets(), helpline.httpPort(), helpline.token("supervisor1"));
        Caller talker = helpline.snapCaller(TALKS);
        String talked = contactOf(taken(desktop));
        phone.talksWith(talker);
        Caller first = helpline.snapCaller(FIRST);
        waiting(1);
        double rewritten = helpline.metric("helpline_journal_rewritten_entries_total");

        strike.run();
        long struck = System.nanoTime();
        Caller second = helpline.caller(SECOND);
        until("the journal is away", () -> journal().startsWith("away since "));
        Duration known = since(struck);
        assertEquals(1, helpline.metric("helpline_journal_state", "state=\"away\""));
        noticed(wall, "journal-away");
        second.chooses("21");
        waiting(2);
        Duration inLine = since(struck);
        phone.talksWith(talker);
        desktop.done("hang-up", "contactId", talked);
        desktop.state("wrap-up");
        desktop.wrapUp(talked);
        JsonObject next = taken(desktop);
        assertEquals(
                FIRST, next.getJsonObject("contact").getJsonObject("caller").getString("number"));
        until("the phone is called", () -> phone.calls().size() == 2);
        phone.talksWith(first);
        Patience.holds(
                "nobody is hung up",
                LASTS,
                () -> !first.call().over() && !second.call().over());
        phone.talksWith(first);
        double inMemory = helpline.metric("helpline_journal_backlog_entries");
        assertTrue(inMemory > 0);

        mend.run();
        long mended = System.nanoTime();
        until("the journal is written", () -> journal().equals("written"));
        until("all of it", () -> redis.lastSeq() == helpline.metric("helpline_journal_acknowledged_seq"));
        redis.journalIsWhole();
        Duration whole = since(mended);
        noticed(wall, "");
        phone.talksWith(first);
        ended(desktop, first, second, next, talked);
        wall.drop();
        found.append("| %s | %s | %s | %.0f | %s | %.0f |%n"
                .formatted(
                        fault,
                        seconds(known),
                        seconds(inLine),
                        inMemory,
                        seconds(whole),
                        helpline.metric("helpline_journal_rewritten_entries_total") - rewritten));
    }

    private static void ended(Desktop desktop, Caller first, Caller second, JsonObject offer, String talked) {
        first.hangUp();
        desktop.state("wrap-up");
        second.hangUp();
        waiting(0);
        desktop.wrapUp(contactOf(offer));
        handled(talked);
        handled(contactOf(offer));
        assertTrue(helpline.process().told().contains("the journal is back, and has all that happened meanwhile"));
    }

    private static void noticed(Desktop wall, String kind) {
        until("the wallboard says '" + kind + "'", () -> {
            JsonObject figures = wall.await(message -> message.containsKey("notices"));
            String kinds = figures.getJsonArray("notices").stream()
                    .map(notice -> ((JsonObject) notice).getString("kind"))
                    .reduce("", String::concat);
            return kinds.equals(kind);
        });
    }

    private static String journal() {
        return new JsonObject(helpline.exchange(HttpRequest.newBuilder(helpline.uri("/health/ready"))
                                .build())
                        .body())
                .getJsonObject("checks")
                .getString("journal");
    }

    private static long written() {
        try {
            return redis.server().largestFile();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static JsonObject taken(Desktop desktop) {
        JsonObject offer = desktop.offer();
        desktop.accept(offer);
        desktop.state("on-contact");
        return offer;
    }

    private static void waiting(int callers) {
        until(callers + " wait", () -> helpline.metric("helpline_contacts_waiting") == callers);
    }

    private static void handled(String contact) {
        until(
                "the record of " + contact,
                () -> helpline.record(new ContactId(contact)).isPresent());
        assertEquals(
                Optional.of(ContactRecord.Outcome.HANDLED),
                helpline.record(new ContactId(contact)).map(ContactRecord::outcome));
    }

    private static String contactOf(JsonObject offer) {
        return offer.getJsonObject("contact").getString("contactId");
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1e3);
    }
}
