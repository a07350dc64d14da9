package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.helpline.records.fold.ContactRecord;
import org.helpline.records.fold.ContactRecord.Outcome;
import org.helpline.records.fold.Segment.Kind;
import org.helpline.router.ContactId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An agent talks in the browser while Helpline is killed and started again. Nothing is clicked for it.
@Tag("system")
class DeskAfterRestartTest {
    private static final Logger log = LoggerFactory.getLogger(DeskAfterRestartTest.class);
    private static final double HZ = 1300;

    @RegisterExtension
    static final HelplineSystem helpline =
            HelplineSystem.of(ConfigFolder.copy().with("inquiries.yaml")).killable();

    @Test
    void theCallGoesOnAndTheDeskComesBackToIt() throws Exception {
        try (DeskPage agent = DeskPage.agent(helpline, "agent1", HZ)) {
            agent.goesReady();
            Caller caller = helpline.snapCaller("12125550611");
            String contact = takesCall(agent, caller);
            String account = phones();

            helpline.kill();
            Instant killed = Instant.now();
            agent.sees("section[aria-label=Connection]", "your call goes on").sees(".call.talking");
            int heard = agent.packetsHeard();
            hearEachOther(agent, caller);
            helpline.start();
            Instant started = Instant.now();
            agent.sees("#connection", "Connected").sees(".call.talking").sees("body", "Browser phone ready");
            log.info(
                    "Helpline was away for {} ms, desk and phone back {} ms after that",
                    Duration.between(killed, started).toMillis(),
                    Duration.between(started, Instant.now()).toMillis());
            assertTrue(agent.packetsHeard() > heard, "heard all the time");
            assertEquals(account, phones(), "the same account");
            hasResumed(agent);
            hearEachOther(agent, caller);

            agent.press("#hold").sees(".call.held").press("#hold").sees(".call.talking");
            endsCall(agent, caller);
            isRecorded(new ContactId(contact));

            Caller next = helpline.snapCaller("12125550612");
            takesCall(agent, next);
            endsCall(agent, next);
        }
    }

    /// @return its contact
    private static String takesCall(DeskPage agent, Caller caller) {
        agent.sees("#offer-title", "Spanish").press("#accept").sees(".call.talking");
        hearEachOther(agent, caller);
        return helpline.desktop("agent1")
                .welcome()
                .getJsonArray("contacts")
                .getJsonObject(0)
                .getString("contactId");
    }

    private static void endsCall(DeskPage agent, Caller caller) {
        agent.press("#hang-up").sees("#wrap-up");
        until("the caller's call is over", () -> caller.call().over());
        agent.wrapsUp("snap rec");
        helpline.nothingLeft();
    }

    private static void hearEachOther(DeskPage agent, Caller caller) {
        agent.hearsSoon("the caller", Caller.HZ);
        until("the caller hears the agent", () -> caller.media().hears(HZ));
    }

    /// It said what it had seen, and was told only what it had missed.
    private static void hasResumed(DeskPage agent) {
        assertTrue(agent.lastSocket().contains("after="), agent::lastSocket);
        JsonObject welcome = agent.welcomes().getLast();
        assertFalse(welcome.getBoolean("reset"), welcome::encode);
    }

    private static void isRecorded(ContactId contact) {
        until("the record is written", () -> helpline.record(contact).isPresent());
        ContactRecord record = helpline.record(contact).orElseThrow();
        assertEquals(Outcome.HANDLED, record.outcome());
        assertEquals(1, record.inquiries().size());
        assertEquals(
                2,
                record.segments().stream()
                        .filter(segment -> segment.kind() == Kind.TALK)
                        .count(),
                "one hold, and nothing of the restart");
    }

    private static String phones() {
        return helpline.ari("endpoints/PJSIP").stream()
                .map(endpoint -> ((JsonObject) endpoint).getString("resource"))
                .filter(name -> name.startsWith("web-"))
                .sorted()
                .toList()
                .toString();
    }
}
