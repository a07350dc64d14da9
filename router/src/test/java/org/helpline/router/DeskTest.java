package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.ES;
import static org.helpline.router.Scene.GENERAL;
import static org.helpline.router.Scene.SNAP;
import static org.helpline.router.Scene.SNAP_SKILL;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.RoutingState.ContactState;
import org.junit.jupiter.api.Test;

/// What supervisors change while the domain runs.
class DeskTest {
    private static final AgentId AGENT1 = new AgentId("agent1");
    private static final List<Modality> VOICE = List.of(Modality.VOICE);
    private final Scene scene = Scene.with(agent("agent1", OfferOn.DESKTOP, Map.of(), EN));

    private static Input.SetAgentSkills skills(int level, Language... languages) {
        return new Input.SetAgentSkills(AGENT1, List.of(languages), VOICE, new TreeMap<>(Map.of(SNAP_SKILL, level)));
    }

    @Test
    void aNewSkillServesTheOldestThatWaitedForIt() {
        scene.ready("agent1");
        scene.call("c1", SNAP, ES);
        scene.pass(1).call("c2", SNAP, EN);
        scene.accepted(skills(3, EN, ES));
        scene.assertOfferedTo("c1", "agent1");
    }

    @Test
    void aSkillTakenAwayCountsAtOnce() {
        scene.accepted(skills(3, EN));
        scene.ready("agent1");
        scene.accepted(skills(2, EN));
        scene.call("c1", SNAP, EN);
        scene.assertContact("c1", ContactState.WAITING);
    }

    @Test
    void anOfferInALanguageTheAgentHasNoMoreIsRescinded() {
        scene.accepted(skills(3, EN, ES));
        scene.ready("agent1");
        scene.call("c1", SNAP, ES);
        scene.accepted(skills(3, EN));
        assertEquals(List.of("AgentSkillsChanged", "OfferEnded RESCINDED"), scene.happened());
        scene.assertAgent("agent1", AgentState.READY);
        scene.assertContact("c1", ContactState.WAITING);
    }

    @Test
    void whatIsInHandStaysInHand() {
        scene.accepted(skills(3, EN, ES));
        scene.ready("agent1");
        scene.call("c1", SNAP, ES);
        scene.accept("agent1");
        scene.answered("c1");
        scene.accepted(skills(3, EN));
        scene.assertContact("c1", ContactState.TALKING);
    }

    @Test
    void staysUntilTheConfigurationSaysSomethingNewOfTheAgent() {
        scene.accepted(skills(3, EN, ES));
        AgentSettings set = scene.agent("agent1").settings();
        scene.accepted(new Input.Configure(
                Scene.settings(agent("agent1", OfferOn.DESKTOP, Map.of(), EN), agent("agent2", EN))));
        assertEquals(set, scene.agent("agent1").settings());
        AgentSettings fresh = agent("agent1", OfferOn.DESKTOP, Map.of(SNAP_SKILL, 1), EN);
        scene.accepted(new Input.Configure(Scene.settings(fresh)));
        assertEquals(fresh, scene.agent("agent1").settings());
    }

    @Test
    void theSameSkillsAgainChangeNothing() {
        scene.accepted(skills(3, EN));
        assertEquals(List.of(), scene.accepted(skills(3, EN)).events());
    }

    @Test
    void skillsHaveBounds() {
        scene.refused(
                "unknown-agent", new Input.SetAgentSkills(new AgentId("nobody"), List.of(EN), VOICE, new TreeMap<>()));
        scene.refused("invalid-skills", new Input.SetAgentSkills(AGENT1, List.of(), VOICE, new TreeMap<>()));
        scene.refused("invalid-skills", new Input.SetAgentSkills(AGENT1, List.of(EN), List.of(), new TreeMap<>()));
        scene.refused(
                "invalid-skills",
                new Input.SetAgentSkills(AGENT1, Collections.nCopies(51, EN), VOICE, new TreeMap<>()));
        Refusal level = scene.refused("invalid-skills", skills(11, EN));
        assertEquals("the level of skill snap must be 1 to 10, but is 11", level.message());
        var many = new TreeMap<Skill, Integer>();
        for (int i = 0; i <= Desk.MOST_SKILLS; i++) many.put(new Skill("skill" + i), 1);
        scene.refused("invalid-skills", new Input.SetAgentSkills(AGENT1, List.of(EN), VOICE, many));
    }

    @Test
    void aClosedQueueTakesNobodyMoreAndServesThoseWhoWait() {
        scene.call("c1", GENERAL, EN);
        scene.accepted(new Input.CloseQueue(GENERAL));
        assertEquals(List.of(GENERAL), scene.core.state().closedQueues());
        assertEquals(List.of(), scene.accepted(new Input.CloseQueue(GENERAL)).events());
        scene.refused("queue-closed", scene.enter("c2", GENERAL, EN));
        scene.call("c3", SNAP, EN);
        scene.ready("agent1");
        scene.assertOfferedTo("c1", "agent1");
        scene.reject("agent1");
        scene.assertContact("c1", ContactState.WAITING);

        scene.accepted(new Input.OpenQueue(GENERAL));
        assertEquals(List.of(), scene.accepted(new Input.OpenQueue(GENERAL)).events());
        scene.call("c2", GENERAL, EN);
    }

    @Test
    void aConfigurationDoesNotOpenIt() {
        scene.accepted(new Input.CloseQueue(GENERAL));
        scene.accepted(new Input.Configure(Scene.settings(List.of(Scene.snapQueue()), agent("agent1", EN))));
        scene.refused("unknown-queue", new Input.OpenQueue(GENERAL));
        scene.accepted(new Input.Configure(Scene.settings(agent("agent1", EN))));
        scene.refused("queue-closed", scene.enter("c1", GENERAL, EN));
        scene.refused("unknown-queue", new Input.CloseQueue(new QueueId("nowhere")));
    }
}
