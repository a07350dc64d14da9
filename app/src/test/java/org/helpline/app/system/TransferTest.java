package org.helpline.app.system;

import static org.helpline.app.system.Patience.holds;
import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.helpline.telephony.asterisk.AsteriskTrunk;
import org.helpline.telephony.sip.SipCall;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An agent holds a caller and hands them on: who hears whom, and what is left in Asterisk, which is nothing.
@Tag("system")
class TransferTest {
    private static final Duration A_WHILE = Duration.ofMillis(700);
    private static final String ALLOWED = "+18005550222";

    @RegisterExtension
    static final HelplineSystem helpline = HelplineSystem.of(ConfigFolder.copy());

    /// Agents 1 and 2 speak Spanish and know SNAP.
    private Desktop ann;
    private Desktop bob;
    private DeskPhone annsPhone;
    private DeskPhone bobsPhone;
    private Caller caller;
    private String contact;

    private void annTalks() {
        annsPhone = helpline.answeringPhone(1);
        ann = helpline.desktop("agent1").ready();
        caller = helpline.snapCaller("12125550147");
        JsonObject offer = ann.offer();
        contact = offer.getJsonObject("contact").getString("contactId");
        ann.accept(offer);
        annsPhone.talksWith(caller);
    }

    private void bobIsReady() {
        bobsPhone = helpline.answeringPhone(2);
        bob = helpline.desktop("agent2").ready();
    }

    private void bobAccepts() {
        bob.accept(bob.offer());
        bob.contact("talking");
    }

    @Test
    void aHeldCallerHearsMusicAndNotTheAgentWhoComesBack() {
        annTalks();
        ann.done("hold", "contactId", contact);
        ann.contact("held");
        callerHearsMusic();
        until("the agent hears nobody", () -> !annsPhone.hears(Caller.HZ));
        holds("the agent hears nobody", A_WHILE, () -> !annsPhone.hears(Caller.HZ));
        ann.done("unhold", "contactId", contact);
        ann.contact("talking");
        annsPhone.talksWith(caller);
        theEnd(ann);
    }

    @Test
    void aCallerGoesToAQueueAndToWhoeverIsFree() {
        annTalks();
        bobIsReady();
        transfer(new JsonObject().put("queue", "snap"), "cold");
        until("the first phone is on hook", annsPhone.call(1)::over);
        bobAccepts();
        bobsPhone.talksWith(caller);
        ann.wrapUp(contact);
        theEnd(bob);
    }

    @Test
    void aCallerGoesToAnotherAgent() {
        annTalks();
        bobIsReady();
        transfer(new JsonObject().put("agent", "agent2"), "cold");
        until("the first phone is on hook", annsPhone.call(1)::over);
        bobAccepts();
        bobsPhone.talksWith(caller);
        ann.wrapUp(contact);
        theEnd(bob);
    }

    @Test
    void theTwoAgentsTalkFirstAndThenTheCallerGoesOn() {
        annTalks();
        bobIsReady();
        consult();
        ann.done("complete-transfer", "contactId", contact);
        bobsPhone.talksWith(caller);
        until("the first phone is on hook", annsPhone.call(1)::over);
        assertEquals(1, bobsPhone.calls().size(), "the call goes on where the two talked");
        ann.wrapUp(contact);
        theEnd(bob);
    }

    @Test
    void theCallIsTakenBack() {
        annTalks();
        bobIsReady();
        consult();
        ann.done("cancel-transfer", "contactId", contact);
        until("the other phone is on hook", bobsPhone.call(1)::over);
        callerHearsMusic();
        ann.done("unhold", "contactId", contact);
        annsPhone.talksWith(caller);
        bob.state("ready");
        theEnd(ann);
    }

    @Test
    void whoHangsUpThePhoneHasHandedTheCallerOn() {
        annTalks();
        bobIsReady();
        consult();
        annsPhone.hangUp();
        bobsPhone.talksWith(caller);
        ann.wrapUp(contact);
        theEnd(bob);
    }

    @Test
    void whoIsConsultedHangsUpAndTheCallerIsStillThere() {
        annTalks();
        bobIsReady();
        consult();
        bobsPhone.hangUp();
        bob.state("ready");
        callerHearsMusic();
        ann.done("unhold", "contactId", contact);
        annsPhone.talksWith(caller);
        theEnd(ann);
    }

    @Test
    void theCallerHangsUpWhileTheTwoTalk() {
        annTalks();
        bobIsReady();
        consult();
        caller.hangUp();
        until("the first phone is on hook", annsPhone.call(1)::over);
        until("the other phone is on hook", bobsPhone.call(1)::over);
        helpline.nothingLeft();
        bob.state("ready");
        ann.wrapUp(contact);
        ann.state("ready");
    }

    @Test
    void aCallerGoesToAnAllowedNumberAndHelplineIsDoneWithThem() {
        annTalks();
        int before = helpline.trunk().calls().size();
        transfer(new JsonObject().put("number", ALLOWED), "cold");
        until("the number is called", () -> helpline.trunk().calls().size() > before);
        SipCall outside = helpline.trunk().calls().getLast();
        assertEquals(true, outside.invite().startLine().contains("sip:" + ALLOWED + "@"));
        until("the caller hears who is there", () -> caller.media().hears(AsteriskTrunk.HZ));
        until("who is there hears the caller", () -> outside.media().hears(Caller.HZ));
        until("the desk phone is on hook", annsPhone.call(1)::over);
        until(
                "no bridge of ours is left",
                () -> helpline.ari("bridges").stream()
                        .noneMatch(bridge -> "helpline".equals(((JsonObject) bridge).getString("name"))));
        ann.wrapUp(contact);
        ann.state("ready");
        caller.hangUp();
        helpline.nothingLeft();
    }

    @Test
    void aNumberThatIsNotAllowedIsRefusedAndTheTwoTalkOn() {
        annTalks();
        ann.refused(
                "number-not-allowed",
                "transfer",
                "contactId",
                contact,
                "to",
                new JsonObject().put("number", "+19005550100"),
                "mode",
                "cold");
        annsPhone.talksWith(caller);
        assertFalse(annsPhone.call(1).over());
        theEnd(ann);
    }

    private void consult() {
        transfer(new JsonObject().put("agent", "agent2"), "warm");
        bobAccepts();
        until("the other agent hears the first", () -> bobsPhone.hears(annsPhone.hz()));
        until("the first agent hears the other", () -> annsPhone.hears(bobsPhone.hz()));
        callerHearsMusic();
    }

    private void transfer(JsonObject to, String mode) {
        ann.done("transfer", "contactId", contact, "to", to, "mode", mode);
    }

    /// Something, and none of the agents.
    private void callerHearsMusic() {
        until("the caller hears no agent", () -> !callerHearsAnAgent());
        until("the caller hears music", () -> caller.media().hearsAnythingWithin(Duration.ofMillis(500)));
        holds("the caller hears no agent", A_WHILE, () -> !callerHearsAnAgent());
    }

    private boolean callerHearsAnAgent() {
        return caller.media().hears(annsPhone.hz())
                || (bobsPhone != null && caller.media().hears(bobsPhone.hz()));
    }

    /// The caller hangs up, and whoever has the contact wraps it up.
    private void theEnd(Desktop last) {
        caller.hangUp();
        helpline.nothingLeft();
        last.state("wrap-up");
        last.wrapUp(contact);
        last.state("ready");
    }
}
