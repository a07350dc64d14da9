package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.helpline.telephony.sip.SipCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Helpline is away: callers are told so, and are never left in silence.
@Tag("system")
class CarrierFallbackTest {
    /// Ten attempts of two seconds each, and some for a machine that is busy.
    private static final Duration RETRIES = Duration.ofSeconds(45);

    /// The next attempt of the dialplan, and some for a machine that is busy.
    private static final Duration NEXT_ATTEMPT = Duration.ofSeconds(6);

    private static final Duration SILENCE_ALLOWED = Duration.ofSeconds(4);

    @RegisterExtension
    static final HelplineSystem helpline =
            HelplineSystem.of(ConfigFolder.copy()).killable();

    @AfterEach
    void oneServesAgain() throws Exception {
        helpline.restart();
    }

    @Test
    void noControllerIsConnected() {
        helpline.stop();
        Caller caller = helpline.caller("12125550501");
        until("the caller hears it ring", () -> caller.call().state() == SipCall.State.RINGING);
        until("somebody answers all the same", RETRIES, caller.call()::up);
        until("words are heard", () -> caller.media().hearsAnythingWithin(Duration.ofMillis(300)));
        heardUntilTheEnd(caller);
        helpline.nothingLeft();
    }

    @Test
    void aCallThatArrivesDuringARestartIsInTheMenuSoon() throws Exception {
        helpline.kill();
        Caller caller = helpline.caller("12125550503");
        until("the caller hears it ring", () -> caller.call().state() == SipCall.State.RINGING);
        helpline.start();
        until("the call is answered", NEXT_ATTEMPT, () -> caller.call().up());
        caller.hearsMenu();
        until("it is a call of ours", () -> helpline.metric("helpline_calls_arrived_total") == 1);
    }

    /// The time after which nobody is left alone is minutes; here it is brought forward as Helpline would put it off.
    @Test
    void whoIsLeftAloneForTooLongIsToldSo() {
        Caller caller = helpline.caller("12125550504").hearsMenu();
        String leg = helpline.ari("channels").getJsonObject(0).getString("id");
        helpline.kill();
        helpline.ariPost("channels/" + leg + "/variable?variable=TIMEOUT(absolute)&value=2");
        heardUntilTheEnd(caller);
        assertTrue(caller.call().over());
        helpline.nothingLeft();
    }

    @Test
    void killedWhileACallerWaits() throws Exception {
        Caller caller = helpline.snapCaller("12125550502");
        until("the caller waits", () -> helpline.metric("helpline_contacts_waiting") == 1);
        until("music", () -> caller.media().hearsAnythingWithin(Duration.ofMillis(300)));
        helpline.kill();
        helpline.start();
        until("the caller still waits", () -> helpline.metric("helpline_contacts_waiting") == 1);
        until("music goes on", () -> caller.media().hearsAnythingWithin(Duration.ofMillis(300)));
        assertFalse(caller.call().over());
    }

    /// Never a long silence from the first word to the hang-up, which is Asterisk's.
    private static void heardUntilTheEnd(Caller caller) {
        boolean[] silent = {false};
        until("Asterisk hangs up", Duration.ofSeconds(90), () -> {
            if (caller.call().over()) return true;
            silent[0] |= !caller.media().hearsAnythingWithin(SILENCE_ALLOWED);
            return false;
        });
        assertFalse(silent[0], "there was a silence of " + SILENCE_ALLOWED);
    }
}
