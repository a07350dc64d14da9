package org.helpline.app.system;

import static org.helpline.app.system.Patience.holds;
import static org.helpline.app.system.Patience.until;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A supervisor at the page, whose browser is the telephone: listens in, and changes what the floor may do.
@Tag("system")
class SupervisorPageTest {
    private static final double SUPERVISOR_HZ = 1900;
    private static final Duration A_WHILE = Duration.ofMillis(1_500);

    @RegisterExtension
    static final HelplineSystem helpline = HelplineSystem.shipped();

    @Test
    void monitorsWhispersAndBargesInFromTheBrowser() {
        DeskPhone phone = helpline.answeringPhone(1);
        Desktop agent = helpline.desktop("agent1").ready();
        try (DeskPage supervisor = DeskPage.supervisor(helpline, "supervisor1", SUPERVISOR_HZ)) {
            Caller caller = helpline.snapCaller("12125550191");
            JsonObject offer = agent.offer();
            agent.accept(offer);
            phone.talksWith(caller);

            supervisor.presses("Monitor: Demo agent 1").sees("#who-hears", "Nobody hears you");
            supervisor.hearsSoon("the caller", Caller.HZ).hearsSoon("the agent", phone.hz());
            never("the agent hears the supervisor", () -> phone.hearsAmongOthers(SUPERVISOR_HZ));
            never("the caller hears the supervisor", () -> caller.media().hearsAmongOthers(SUPERVISOR_HZ));

            supervisor.press("#mode-whisper").sees("#who-hears", "the caller does not");
            until("the agent hears the supervisor", () -> phone.hearsAmongOthers(SUPERVISOR_HZ));
            never("the caller hears the supervisor", () -> caller.media().hearsAmongOthers(SUPERVISOR_HZ));

            supervisor.press("#mode-barge").sees("#who-hears", "AND the caller hear you");
            until("the caller hears the supervisor", () -> caller.media().hearsAmongOthers(SUPERVISOR_HZ));
            until("the agent hears the supervisor too", () -> phone.hearsAmongOthers(SUPERVISOR_HZ));

            supervisor.press("#end-supervision");
            phone.talksWith(caller);
            caller.hangUp();
            agent.state("wrap-up");
            agent.wrapUp(offer.getJsonObject("contact").getString("contactId"));
        }
    }

    @Test
    void forcesAStateChangesSkillsAndClosesAQueue() {
        helpline.answeringPhone(2);
        Desktop agent = helpline.desktop("agent2").ready();
        try (DeskPage supervisor = DeskPage.supervisor(helpline, "supervisor1", SUPERVISOR_HZ)) {
            supervisor
                    .presses("Change the state of Demo agent 2")
                    .chooses("#forced-reason", "training")
                    .press("dialog button[form=state-form]");
            agent.state("not-ready training");

            supervisor
                    .presses("Change the skills of Demo agent 2")
                    .chooses("dialog select[name=medicaid]", "9")
                    .press("dialog button[form=skills-form]")
                    .sees(".agents tr:has-text('Demo agent 2')", "Medicaid 9");

            supervisor
                    .presses("Close the queue IDNYC")
                    .press("dialog .button.bad")
                    .sees(".queue-list li:has-text('IDNYC')", "Closed");
            supervisor
                    .presses("Open the queue IDNYC")
                    .press("dialog .button.primary")
                    .sees(".queue-list li:has-text('IDNYC')", "Open");
        }
    }

    private static void never(String what, BooleanSupplier condition) {
        holds("not: " + what, A_WHILE, () -> !condition.getAsBoolean());
    }
}
