package org.helpline.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Nothing is asked of a channel that Asterisk would answer only at the end of a prompt.
class SettlingTest {
    private final List<AriRequest> aside = new ArrayList<>();
    private final Promise<AriResponse> answer = Promise.promise();
    private final Settling settling = new Settling(request -> {
        aside.add(request);
        return answer.future();
    });

    @Test
    void whoHearsNothingIsAskedAtOnce() {
        Leg leg = caller();
        assertEquals(List.of(Absence.whileAlone(leg)), settling.putOff(List.of(leg)));
        leg.taken("p");
        leg.plays.put("p", Leg.Play.FINISHED);
        assertEquals(List.of(Absence.whileAlone(leg)), settling.putOff(List.of(leg)));
        assertEquals(List.of(), aside);
    }

    @Test
    void whoHearsAPromptIsLeftAloneAndAskedAsideIfItTakesLong() {
        Leg leg = caller();
        leg.taken("p");
        assertEquals(List.of(), settling.putOff(List.of(leg)));
        assertTrue(leg.absenceDue);
        assertEquals(List.of(), aside);
        assertEquals(List.of(), settling.putOff(List.of(leg)));
        assertEquals(List.of(Absence.whileAlone(leg)), aside);
    }

    @Test
    void whatTheProcessBeforeHasPlayedIsWaitedForAsideAndOnce() {
        Leg leg = caller();
        leg.adopted = true;
        assertEquals(List.of(), settling.putOff(List.of(leg)));
        assertEquals(List.of(), settling.putOff(List.of(leg)));
        Future<String> then = settling.whenSettled(List.of(leg, caller()), () -> Future.succeededFuture("done"));
        assertFalse(then.isComplete());
        assertEquals(List.of(Absence.whileAlone(leg)), aside);
        answer.complete(new AriResponse(204, ""));
        assertEquals("done", then.result());
        assertEquals(List.of(Absence.whileAlone(leg)), settling.putOff(List.of(leg)));
    }

    @Test
    void whatCannotBeLearntHoldsNobodyUp() {
        Leg leg = caller();
        leg.adopted = true;
        answer.fail("no connection");
        assertTrue(settling.whenSettled(List.of(leg), () -> Future.succeededFuture("done"))
                .succeeded());
    }

    @Test
    void whoTalksAndWhoWasNeverAnsweredAndADeviceHearNoPrompt() {
        Leg talks = caller();
        talks.bridge = Optional.of("b");
        Leg fresh = caller();
        fresh.ours = false;
        Leg device = new Leg("d", false);
        List<Leg> legs = List.of(talks, fresh, device);
        legs.forEach(leg -> leg.adopted = true);
        assertTrue(
                settling.whenSettled(legs, () -> Future.succeededFuture("done")).succeeded());
        assertEquals(List.of(), aside);
    }

    private static Leg caller() {
        Leg leg = new Leg("a", true);
        leg.ours = true;
        return leg;
    }
}
