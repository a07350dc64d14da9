package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.ES;
import static org.helpline.router.Scene.GENERAL;
import static org.helpline.router.Scene.SNAP;
import static org.helpline.router.Scene.SNAP_SKILL;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.RoutingState.ContactState;
import org.junit.jupiter.api.Test;

/// Who gets whom.
class SelectionTest {

    @Test
    void theAgentIdleLongestComesFirst() {
        Scene scene = Scene.with(agent("agent1", EN), agent("agent2", EN)).ready("agent2", "agent1");
        scene.call("c1");
        scene.assertOfferedTo("c1", "agent2");
        assertEquals(
                new Event.Why(2, 2, "longest-idle", Optional.empty()),
                scene.only(Event.OfferMade.class).why());
    }

    @Test
    void sayingReadyAgainDoesNotRestartTheIdleTime() {
        Scene scene = Scene.with(agent("agent1", EN), agent("agent2", EN)).ready("agent1", "agent2");
        assertEquals(List.of(), scene.setReady("agent1").events());
        scene.call("c1");
        scene.assertOfferedTo("c1", "agent1");
    }

    @Test
    void theIdDecidesBetweenEquals() {
        Scene scene = Scene.with(agent("b", EN), agent("a", EN));
        scene.connect("b");
        scene.connect("a");
        scene.setReady("b");
        scene.setReady("a");
        scene.call("c1");
        scene.assertOfferedTo("c1", "a");
        assertEquals(
                Optional.of("agent-id"), scene.only(Event.OfferMade.class).why().tieBreak());
    }

    @Test
    void languageModalityAndSkillLevelAreHard() {
        Scene scene = Scene.with(
                agent("spanish", ES),
                agent("novice", OfferOn.DESKTOP, Map.of(SNAP_SKILL, 2), EN),
                agent("unskilled", OfferOn.DESKTOP, Map.of(), EN),
                agent("able", OfferOn.DESKTOP, Map.of(SNAP_SKILL, 3), EN));
        scene.ready("spanish", "novice", "unskilled").call("c1");
        scene.assertContact("c1", ContactState.WAITING);
        Input.EnterQueue voice = scene.enter("video", SNAP, ES);
        scene.accepted(new Input.EnterQueue(voice.contact(), SNAP, ES, Modality.VIDEO, voice.context()));
        scene.assertContact("video", ContactState.WAITING);

        scene.ready("able");

        scene.assertOfferedTo("c1", "able");
        scene.assertContact("video", ContactState.WAITING);
        Event.OfferMade made = (Event.OfferMade) scene.journal.stream()
                .filter(Event.OfferMade.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertEquals(new Event.Why(3, 1, "longest-idle", Optional.empty()), made.why());
    }

    @Test
    void aFreedAgentTakesTheOldestContactOfAllItsQueuesAndLanguages() {
        Scene scene = Scene.with(agent("agent1", EN, ES));
        scene.call("young", SNAP, EN);
        scene.pass(1).call("younger", GENERAL, EN);
        Scene older = Scene.with(agent("agent1", EN, ES));
        older.call("other-language", SNAP, new Language("ru"));
        older.pass(1).call("old", GENERAL, ES);
        older.pass(1).call("new", SNAP, EN);
        scene.ready("agent1").assertOfferedTo("young", "agent1");
        older.ready("agent1").assertOfferedTo("old", "agent1");
    }

    @Test
    void contactsOfTheSameAgeAreTakenByTheirId() {
        Scene scene = Scene.with(agent("agent1", EN));
        scene.call("b");
        scene.call("a");
        assertEquals(1, scene.position("a"));
        assertEquals(2, scene.position("b"));
        scene.ready("agent1").assertOfferedTo("a", "agent1");
    }

    @Test
    void positionCountsWithinQueueLanguageAndModality() {
        Scene scene = Scene.with(agent("agent1", EN));
        scene.call("c1");
        scene.call("es", SNAP, ES);
        scene.call("general", GENERAL, EN);
        scene.pass(1).call("c2");
        assertEquals(1, scene.position("c1"));
        assertEquals(1, scene.position("es"));
        assertEquals(1, scene.position("general"));
        assertEquals(2, scene.position("c2"));
        assertEquals(0, scene.position("nobody"));
        scene.callerLeft("c1");
        assertEquals(1, scene.position("c2"));
        scene.ready("agent1");
        assertEquals(0, scene.position("general"), "offered, so it does not wait");
    }

    @Test
    void aQueueIsFullForThoseWhoWouldWait() {
        var small = new QueueSettings(
                SNAP,
                Scene.HELPLINE,
                List.of(),
                1,
                QueueSettings.DEFAULT_OFFER_TIMEOUT,
                QueueSettings.DEFAULT_DEVICE_TIMEOUT,
                QueueSettings.DEFAULT_WRAP_UP_LIMIT);
        Scene scene = Scene.with(Scene.settings(List.of(small), agent("agent1", ES)));
        scene.call("c1");
        Refusal full = scene.refused("queue-full", scene.enter("c2", SNAP, EN));
        assertEquals("in queue snap 1 contacts wait; at most 1 may", full.message());
        scene.refused("already-queued", scene.enter("c1", SNAP, EN));
        scene.refused("unknown-queue", scene.enter("c3", new QueueId("closed"), EN));
        scene.ready("agent1").call("c4", SNAP, ES);
        scene.assertOfferedTo("c4", "agent1");
    }

    /// Found by seed 1108 of the random inputs: the agent who hands a contact on is free at once, and somebody
    /// idle longer gets that contact.
    @Test
    void whoHandsOnTakesTheNextOldestWhenTheContactGoesToAnother() {
        QueueSettings defaults = QueueSettings.of(GENERAL, new HelplineId("h"), List.of());
        QueueSettings withoutWrapUp = new QueueSettings(
                GENERAL,
                defaults.helpline(),
                List.of(),
                defaults.maxWaiting(),
                defaults.offerTimeout(),
                defaults.deviceTimeout(),
                Duration.ZERO);
        Scene scene = Scene.with(Scene.settings(List.of(withoutWrapUp), agent("both", EN, ES), agent("english", EN)));
        scene.ready("both").call("c1", GENERAL, EN);
        scene.accept("both");
        scene.answered("c1");
        scene.ready("english");
        scene.call("c2", GENERAL, ES);
        scene.assertContact("c2", ContactState.WAITING);

        scene.cold("both", "c1", GENERAL);

        scene.assertOfferedTo("c1", "english");
        scene.assertOfferedTo("c2", "both");
    }
}
