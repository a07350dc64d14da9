package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.helpline.records.NumberHashes;
import org.helpline.records.fold.ContactRecord;
import org.helpline.router.ContactId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The whole product with its journal in a real Redis: killed and started again, and beside a second one.
@Tag("system")
class OverRedisTest {
    private static final String TALKS = "12125550801";
    private static final String FIRST = "12125550802";
    private static final String SECOND = "12125550803";
    private static final String AGAIN = "12125550804";

    private static final RedisSite redis = new RedisSite();

    @RegisterExtension
    static final HelplineSystem helpline =
            HelplineSystem.of(ConfigFolder.copy()).killable().over(redis);

    @TempDir
    private Path elsewhere;

    @AfterEach
    void oneServesAgain() throws Exception {
        helpline.restart();
    }

    @Test
    void killedWhileTwoTalkAndTwoWait() throws Exception {
        DeskPhone phone = helpline.answeringPhone(1);
        Desktop desktop = helpline.desktop("agent1").ready();
        Caller talker = helpline.snapCaller(TALKS);
        JsonObject offer = taken(desktop);
        String talked = contactOf(offer);
        phone.talksWith(talker);
        Caller first = helpline.snapCaller(FIRST);
        waiting(1);
        Caller second = helpline.snapCaller(SECOND);
        waiting(2);
        Instant waitSince = Instant.now();
        String journal = redis.name();

        helpline.kill();
        assertTrue(redis.leased(), "the lease of the killed one was to be alive");
        phone.talksWith(talker);
        helpline.start();
        assertEquals(journal, redis.name());
        waiting(2);
        phone.talksWith(talker);
        assertFalse(first.call().over() || second.call().over());

        desktop = helpline.desktop("agent1");
        assertEquals("on-contact", desktop.welcomeState());
        desktop.done("hang-up", "contactId", talked);
        desktop.state("wrap-up");
        desktop.wrapUp(talked);
        JsonObject next = taken(desktop);
        assertEquals(FIRST, numberOf(next));
        Duration age = Duration.ofMillis(next.getJsonObject("contact").getLong("waitedMs"));
        assertTrue(
                age.compareTo(Duration.between(waitSince, Instant.now()).minusSeconds(5)) > 0,
                () -> "offered as waiting for " + age);
        until("they talk", () -> phone.calls().size() == 2);
        phone.talksWith(first);
        first.hangUp();
        desktop.state("wrap-up");
        second.hangUp();
        waiting(0);
        desktop.wrapUp(contactOf(next));
        handled(talked);
        handled(contactOf(next));
        redis.journalIsWhole();
    }

    /// The hint is in the journal: what the flow decided by it can be replayed.
    @Test
    void whoCallsAgainIsOfferedTheLanguageOfLastTime() throws Exception {
        // Callers of other tests chose Spanish too: only this one does so now, and only its own key tells.
        long before = spanish();
        Caller first = helpline.caller(AGAIN).chooses("2");
        until("Spanish is chosen", () -> spanish() > before);
        first.hangUp();
        String key = callerKey(AGAIN);
        until("the language is remembered", () -> redis.callers().contains("language:" + key));
        helpline.kill();
        helpline.start();
        Caller second = helpline.caller(AGAIN).hearsMenu();
        until("the hint is there", () -> redis.journal().contains("\"hint\":\"es\""));
        second.hangUp();
        assertFalse(redis.callers().contains(AGAIN.substring(1)), "a number is no key");
    }

    @Test
    void aSecondOneOnTheSameRedisSaysSoAndDoesNoHarm() {
        DeskPhone phone = helpline.answeringPhone(1);
        Desktop desktop = helpline.desktop("agent1").ready();
        Caller talker = helpline.snapCaller(TALKS);
        String talked = contactOf(taken(desktop));
        phone.talksWith(talker);
        helpline.snapCaller(FIRST);
        waiting(1);
        String owner = redis.owner();

        try (HelplineProcess second = OneOwner.second(helpline, elsewhere, "second.log")) {
            OneOwner.refused(second, "epoch and owner " + owner);
        }
        assertEquals(owner, redis.owner());
        assertTrue(desktop.open());
        phone.talksWith(talker);
        talker.hangUp();
        desktop.state("wrap-up");
        desktop.wrapUp(talked);
        String next = contactOf(taken(desktop));
        helpline.snapCaller(SECOND);
        waiting(1);
        desktop.done("hang-up", "contactId", next);
        desktop.state("wrap-up");
        desktop.wrapUp(next);
        handled(next);
        redis.journalIsWhole();
    }

    /// As when a machine stands still and an operator starts Helpline on another one.
    @Test
    void theOneThatStoodStillStepsDown() {
        Caller caller = helpline.snapCaller(FIRST);
        waiting(1);
        String journal = redis.name();
        HelplineProcess first = helpline.process();

        first.freeze();
        try (HelplineProcess second = OneOwner.second(helpline, elsewhere, "second.log")) {
            second.start();
            first.thaw();
            until("the first one steps down", () -> !first.running());
            assertEquals(OneOwner.OWNED, first.ends(), first::told);
            assertTrue(first.told().contains("helpline: stopped: "), first::told);
            assertEquals(journal, redis.name());
            until("music goes on", () -> caller.media().hearsAnythingWithin(Duration.ofMillis(300)));
            assertFalse(caller.call().over());
            assertTrue(second.serves());
            redis.journalIsWhole();
            second.stop();
        }
    }

    private static long spanish() {
        return redis.journal()
                .lines()
                .filter(line -> line.contains("\"language\":\"es\""))
                .count();
    }

    private static String callerKey(String number) throws Exception {
        byte[] secret = Base64.getDecoder()
                .decode(Files.readString(helpline.data().resolve("records.key")).strip());
        return new NumberHashes(secret)
                .derived("callers")
                .of(number)
                .orElseThrow()
                .hex();
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

    private static String numberOf(JsonObject offer) {
        return offer.getJsonObject("contact").getJsonObject("caller").getString("number");
    }
}
