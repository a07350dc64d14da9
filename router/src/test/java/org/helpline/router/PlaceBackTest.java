package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.ES;
import static org.helpline.router.Scene.GENERAL;
import static org.helpline.router.Scene.SNAP;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.router.Event.ContactOutcome;
import org.helpline.router.RoutingState.ContactState;
import org.junit.jupiter.api.Test;

/// The switch died, and its callers call again.
class PlaceBackTest {
    private static final String NUMBER = "+12125550100";

    private final Scene scene = Scene.with(agent("agent1", EN, ES));

    private void lost(String contact) {
        scene.accepted(new Input.CallerLost(new ContactId(contact)));
    }

    private void enter(String contact, Optional<String> number) {
        Input.EnterQueue by = scene.enter(contact, SNAP, EN);
        ContactContext context = by.context();
        scene.accepted(new Input.EnterQueue(
                by.contact(),
                SNAP,
                EN,
                Modality.VOICE,
                new ContactContext(context.helpline(), number, context.need(), context.path(), context.arrivedAt())));
    }

    @Test
    void whoCallsAgainHasWaitedAsLongAsBefore() {
        scene.call("c1");
        Instant first = scene.now();
        scene.pass(60).call("c2");
        scene.pass(60);
        lost("c1");
        assertEquals(List.of("PlaceKept", "ContactEnded LOST"), scene.happened());

        scene.pass(299).call("c3");
        assertEquals(List.of("PlaceGivenUp", "ContactQueued"), scene.happened());
        assertEquals(first, scene.contact("c3").waitingSince());
        assertEquals(scene.now(), scene.contact("c3").queuedAt());
        assertEquals(1, scene.position("c3"));
        assertEquals(2, scene.position("c2"));
        assertEquals(List.of(), scene.timers());
    }

    @Test
    void whoCallsAgainOnceMoreHasNoSecondPlace() {
        scene.call("c1");
        scene.pass(60);
        lost("c1");
        scene.call("c2");
        scene.call("c3");
        assertEquals(scene.now(), scene.contact("c3").waitingSince());
    }

    @Test
    void oneWhoIsLostTwiceKeepsTheFirstAge() {
        scene.call("c1");
        Instant first = scene.now();
        scene.pass(60);
        lost("c1");
        scene.call("c2");
        scene.pass(60);
        lost("c2");
        scene.call("c3");
        assertEquals(first, scene.contact("c3").waitingSince());
    }

    /// Seed 1021 of the random inputs.
    @Test
    void aContactThatIsLostFromAnotherLineHasItsPlaceThere() {
        scene.call("c1", SNAP, ES);
        lost("c1");
        scene.pass(1).call("c1");
        Instant second = scene.now();
        lost("c1");
        assertEquals(List.of("PlaceGivenUp", "PlaceKept", "ContactEnded LOST"), scene.happened());
        scene.pass(1).call("c2");
        assertEquals(second, scene.contact("c2").waitingSince());
        scene.call("c3", SNAP, ES);
        assertEquals(scene.now(), scene.contact("c3").waitingSince());
    }

    @Test
    void anotherQueueOrLanguageOrNumberIsAnotherPlace() {
        scene.call("c1");
        scene.pass(60);
        lost("c1");
        scene.call("c2", GENERAL, EN);
        scene.call("c3", SNAP, ES);
        enter("c4", Optional.of("+12125550199"));
        enter("c5", Optional.empty());
        for (String contact : List.of("c2", "c3", "c4", "c5")) {
            assertEquals(scene.now(), scene.contact(contact).waitingSince(), contact);
        }
    }

    @Test
    void theNumberIsForgottenWithThePlace() {
        scene.call("c1");
        lost("c1");
        assertTrue(StateDigest.text(scene.core.state().tables()).contains(NUMBER));
        scene.pass(300);
        assertFalse(StateDigest.text(scene.core.state().tables()).contains(NUMBER));
        assertEquals(List.of(), scene.timers());
        scene.call("c2");
        assertEquals(scene.now(), scene.contact("c2").waitingSince());
    }

    @Test
    void placesEndEachAtItsTime() {
        scene.call("c1");
        lost("c1");
        scene.pass(100).call("c2");
        lost("c2");
        assertEquals(List.of(TimerKey.Kind.PLACE), scene.timers());
        scene.pass(200);
        assertEquals(List.of(TimerKey.Kind.PLACE), scene.timers());
        assertEquals(1, scene.core.state().snapshot().places().size());
        scene.pass(100);
        assertEquals(List.of(), scene.core.state().snapshot().places());
    }

    @Test
    void aTalkThatWasCutIsLostTooAndTheAgentWrapsUp() {
        scene.ready("agent1").talking("c1", "agent1");
        Instant first = scene.contact("c1").waitingSince();
        scene.pass(60);
        lost("c1");
        assertEquals(List.of("PlaceKept", "ContactEnded LOST", "WrapUpStarted"), scene.happened());
        scene.assertAgent("agent1", AgentState.WRAP_UP);
        scene.call("c2");
        assertEquals(first, scene.contact("c2").waitingSince());
    }

    @Test
    void theAgentWhoHadAnOfferIsFree() {
        scene.ready("agent1").call("c1");
        lost("c1");
        assertEquals(List.of("PlaceKept", "OfferEnded RESCINDED", "ContactEnded LOST"), scene.happened());
        scene.assertAgent("agent1", AgentState.READY);
    }

    @Test
    void withoutANumberOrWithTheSettingOffNoPlaceIsKept() {
        enter("c1", Optional.empty());
        lost("c1");
        assertEquals(List.of("ContactEnded LOST"), scene.happened());

        DomainSettings usual = Scene.settings(agent("agent1", EN));
        scene.accepted(new Input.Configure(new DomainSettings(
                usual.domain(), usual.queues(), usual.agents(), usual.graces(), List.of(), Duration.ZERO)));
        scene.call("c2");
        lost("c2");
        assertEquals(List.of("ContactEnded LOST"), scene.happened());
    }

    @Test
    void whoHungUpHasNoPlace() {
        scene.call("c1");
        scene.callerLeft("c1");
        assertEquals(
                ContactOutcome.ABANDONED, scene.only(Event.ContactEnded.class).outcome());
        scene.pass(1).call("c2");
        assertEquals(scene.now(), scene.contact("c2").waitingSince());
        scene.assertContact("c2", ContactState.WAITING);
    }

    @Test
    void theNumberOfPlacesHasABound() {
        QueueSettings wide = new QueueSettings(
                SNAP,
                Scene.HELPLINE,
                List.of(),
                100_000,
                QueueSettings.DEFAULT_OFFER_TIMEOUT,
                QueueSettings.DEFAULT_DEVICE_TIMEOUT,
                QueueSettings.DEFAULT_WRAP_UP_LIMIT);
        RoutingCore core = new RoutingCore(new RoutingState());
        core.step(new Input.Configure(Scene.settings(List.of(wide), agent("agent1", EN))), Scene.START);
        int callers = PlacesBack.MOST_PLACES + 3;
        for (int i = 0; i < callers; i++) {
            core.step(scene.enter("c" + i, SNAP, EN), Scene.START);
        }
        Turn last = null;
        for (int i = 0; i < callers; i++) {
            last = core.step(new Input.CallerLost(new ContactId("c" + i)), Scene.START.plusMillis(i));
        }
        assertEquals(PlacesBack.MOST_PLACES, core.state().snapshot().places().size());
        assertEquals(
                new Event.PlaceGivenUp(
                        Scene.START.plusMillis(callers - 1), new ContactId("c2"), Event.PlaceEnd.CROWDED_OUT),
                last.events().getFirst());
    }
}
