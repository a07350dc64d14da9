package org.helpline.app.system;

import static org.helpline.app.system.Patience.holds;
import static org.helpline.app.system.Patience.until;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A supervisor listens in on a real call: who hears whom, each with a tone of its own.
@Tag("system")
class SupervisionTest {
    private static final Duration A_WHILE = Duration.ofMillis(700);
    private static final String PHONE_OF_THE_SUPERVISOR = """
            agents:
              supervisor1:
                name: Supervisor at a desk
                languages: [en]
                modalities: [voice]
                skills: {}
                device: sip:agent9@127.0.2.9:5080
            """;

    @RegisterExtension
    static final HelplineSystem helpline =
            HelplineSystem.of(ConfigFolder.copy().change("agents.yaml", "agents:\n", PHONE_OF_THE_SUPERVISOR));

    private Desktop agent;
    private Desktop supervisor;
    private DeskPhone agentsPhone;
    private DeskPhone supervisorsPhone;
    private Caller caller;
    private String contact;

    @AfterEach
    void supervisorLeaves() {
        supervisor.drop();
    }

    private void theTwoTalk() {
        agentsPhone = helpline.answeringPhone(1);
        agent = helpline.desktop("agent1").ready();
        caller = helpline.snapCaller("12125550147");
        JsonObject offer = agent.offer();
        contact = offer.getJsonObject("contact").getString("contactId");
        agent.accept(offer);
        agentsPhone.talksWith(caller);
        supervisorsPhone = helpline.answeringPhone(9);
        supervisor = helpline.supervisor("supervisor1");
    }

    @Test
    void listensWhispersBargesInAndLeavesTheTwoTalking() {
        theTwoTalk();
        supervisor.done("monitor", "contactId", contact);
        supervisorHearsBoth();
        never("the caller hears the supervisor", () -> callerHears(supervisorsPhone));
        never("the agent hears the supervisor", () -> agentsPhone.hearsAmongOthers(supervisorsPhone.hz()));

        supervisor.done("whisper", "contactId", contact);
        until("the agent hears the supervisor", () -> agentsPhone.hearsAmongOthers(supervisorsPhone.hz()));
        until("the agent hears the caller", () -> agentsPhone.hearsAmongOthers(Caller.HZ));
        supervisorHearsBoth();
        never("the caller hears the supervisor", () -> callerHears(supervisorsPhone));

        supervisor.done("barge", "contactId", contact);
        until("the caller hears the supervisor", () -> callerHears(supervisorsPhone));
        until("the caller hears the agent", () -> callerHears(agentsPhone));
        until("the agent hears the supervisor", () -> agentsPhone.hearsAmongOthers(supervisorsPhone.hz()));
        supervisorHearsBoth();

        supervisor.done("end-supervision");
        until("the supervisor's phone is on hook", supervisorsPhone.call(1)::over);
        agentsPhone.talksWith(caller);
        never("the agent hears the supervisor", () -> agentsPhone.hearsAmongOthers(supervisorsPhone.hz()));
        theEnd();
    }

    @Test
    void aSupervisorWhoHangsUpLeavesTheTwoTalking() {
        theTwoTalk();
        supervisor.done("whisper", "contactId", contact);
        until("the agent hears the supervisor", () -> agentsPhone.hearsAmongOthers(supervisorsPhone.hz()));
        supervisorsPhone.hangUp();
        until("the agent hears the caller alone", () -> agentsPhone.hears(Caller.HZ));
        agentsPhone.talksWith(caller);
        theEnd();
    }

    @Test
    void theCallersEndIsTheEndOfTheListening() {
        theTwoTalk();
        supervisor.done("monitor", "contactId", contact);
        supervisorHearsBoth();
        theEnd();
        until("the supervisor's phone is on hook", supervisorsPhone.call(1)::over);
    }

    private void supervisorHearsBoth() {
        until("the supervisor hears the agent", () -> supervisorsPhone.hearsAmongOthers(agentsPhone.hz()));
        until("the supervisor hears the caller", () -> supervisorsPhone.hearsAmongOthers(Caller.HZ));
    }

    private boolean callerHears(DeskPhone phone) {
        return caller.media().hearsAmongOthers(phone.hz());
    }

    private static void never(String what, BooleanSupplier condition) {
        until("not: " + what, () -> !condition.getAsBoolean());
        holds("not: " + what, A_WHILE, () -> !condition.getAsBoolean());
    }

    private void theEnd() {
        caller.hangUp();
        helpline.nothingLeft();
        agent.state("wrap-up");
        agent.wrapUp(contact);
        agent.state("ready");
    }
}
