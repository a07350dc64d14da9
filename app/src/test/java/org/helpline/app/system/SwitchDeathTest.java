package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.helpline.records.fold.ContactRecord;
import org.helpline.router.ContactId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Asterisk is killed while people talk, wait and choose: it is known soon, agents are free, and who calls again has
/// the old place.
@Tag("system")
class SwitchDeathTest {
    private static final String TALKS = "12125550701";
    private static final String WAITS = "12125550702";
    private static final String CHOOSES = "12125550703";

    /// Two seconds of refused connections, and some for a machine that is busy.
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(10);

    @RegisterExtension
    static final HelplineSystem helpline =
            HelplineSystem.of(ConfigFolder.copy()).watched().withItsOwnAsterisk();

    @Test
    void itsCallsEndAndWhoCallsAgainHasTheOldPlace() {
        DeskPhone phone = helpline.answeringPhone(1);
        Desktop desktop = helpline.desktop("agent1");
        ready(desktop);
        Caller talker = helpline.snapCaller(TALKS);
        JsonObject offer = desktop.offer();
        String talked = contactOf(offer);
        desktop.accept(offer);
        desktop.state("on-contact");
        phone.talksWith(talker);
        helpline.snapCaller(WAITS);
        until("one waits", () -> helpline.metric("helpline_contacts_waiting") == 1);
        Instant waitsSince = Instant.now();
        helpline.caller(CHOOSES).hearsMenu();

        helpline.asterisk().instance().kill();
        Instant killed = Instant.now();
        until("nobody waits any more", KNOWN_WITHIN, () -> helpline.metric("helpline_contacts_waiting") == 0);
        desktop.state("wrap-up");
        Duration known = Duration.between(killed, Instant.now());
        assertTrue(known.compareTo(KNOWN_WITHIN) < 0, () -> "the agent was told after " + known);
        desktop.wrapUp(talked);
        desktop.state("ready");

        helpline.asterisk().instance().startAgain();
        until("Helpline has it back", () -> helpline.ready());
        Caller again = helpline.snapCaller(WAITS);
        JsonObject next = desktop.offer();
        Duration age = Duration.ofMillis(next.getJsonObject("contact").getLong("waitedMs"));
        Duration least = Duration.between(waitsSince, killed);
        assertTrue(age.compareTo(least) > 0, () -> "offered as waiting for " + age + ", not since before " + least);
        desktop.accept(next);
        DeskPhone same = phone;
        until("they talk", () -> same.calls().size() == 2 && again.media().hears(same.hz()));
        again.hangUp();
        desktop.state("wrap-up");
        desktop.wrapUp(contactOf(next));
        ended(talked, ContactRecord.Outcome.LOST, killed);
    }

    private static void ended(String contact, ContactRecord.Outcome outcome, Instant at) {
        until(
                "the record of " + contact,
                () -> helpline.record(new ContactId(contact)).isPresent());
        Optional<ContactRecord> record = helpline.record(new ContactId(contact));
        assertEquals(Optional.of(outcome), record.map(ContactRecord::outcome));
        Duration off = Duration.between(at, record.orElseThrow().endedAt());
        assertTrue(off.abs().compareTo(KNOWN_WITHIN) < 0, () -> "it ended " + off + " after the kill");
    }

    private static String contactOf(JsonObject offer) {
        return offer.getJsonObject("contact").getString("contactId");
    }

    private static void ready(Desktop desktop) {
        until(
                "the phone is known to answer",
                () -> desktop.ask("set-state", "state", "ready")
                        .getString("type")
                        .equals("done"));
        desktop.state("ready");
    }
}
