package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.ES;
import static org.helpline.router.Scene.GENERAL;
import static org.helpline.router.Scene.HELPLINE;
import static org.helpline.router.Scene.SNAP;
import static org.helpline.router.Scene.agent;
import static org.helpline.router.Scene.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.helpline.router.RoutingState.AgentView;
import org.helpline.router.RoutingState.ContactState;
import org.junit.jupiter.api.Test;

/// Settings that change while the domain works.
class SettingsTest {
    private final Scene scene = Scene.with(agent("agent1", EN), agent("agent2", EN));

    private void configure(AgentSettings... agents) {
        scene.accepted(new Input.Configure(settings(agents)));
    }

    private List<String> agents() {
        return scene.core.state().agents().stream()
                .map(AgentView::settings)
                .map(AgentSettings::id)
                .map(AgentId::value)
                .toList();
    }

    @Test
    void theSameSettingsAgainChangeNothing() {
        configure(agent("agent1", EN), agent("agent2", EN));
        assertEquals(List.of(), scene.happened());
    }

    @Test
    void agentsKeepTheConfiguredOrder() {
        configure(agent("agent3", EN), agent("agent1", EN));
        assertEquals(List.of("agent3", "agent1"), agents());
    }

    @Test
    void anIdleAgentThatVanishedIsSignedOutAtOnce() {
        scene.ready("agent1");
        scene.disconnect("agent1");
        configure(agent("agent2", EN));
        assertEquals(List.of("DomainConfigured", "AgentSignedOut"), scene.happened());
        assertEquals(List.of("agent2"), agents());
        assertEquals(List.of(), scene.timers());
        scene.refused("unknown-agent", new Input.AgentConnected(new AgentId("agent1")));
    }

    @Test
    void aServingAgentThatVanishedFinishesFirst() {
        scene.ready("agent1").talking("c1", "agent1");
        configure(agent("agent2", EN));
        scene.assertAgent("agent1", AgentState.ON_CONTACT);
        assertEquals(List.of("agent2", "agent1"), agents());
        scene.disconnect("agent1");
        scene.connect("agent1");

        scene.hangUp("agent1", "c1");
        scene.assertAgent("agent1", AgentState.WRAP_UP);
        scene.wrapUp("agent1", "c1");

        assertEquals(List.of("WrapUpCompleted", "AgentSignedOut"), scene.happened());
        assertEquals(List.of("agent2"), agents());
    }

    @Test
    void aVanishedAgentThatRejectsItsOfferIsGoneToo() {
        scene.ready("agent1").call("c1");
        configure(agent("agent2", EN));
        scene.reject("agent1");
        assertEquals(List.of("OfferEnded REJECTED", "AgentSignedOut"), scene.happened());
        assertEquals(List.of("agent2"), agents());
    }

    @Test
    void anAgentThatIsBackInTheSettingsStays() {
        scene.ready("agent1").talking("c1", "agent1");
        configure(agent("agent2", EN));
        configure(agent("agent1", EN));
        scene.hangUp("agent1", "c1");
        scene.wrapUp("agent1", "c1");
        scene.assertAgent("agent1", AgentState.READY);
    }

    @Test
    void aNewLanguageOfAReadyAgentServesThoseWhoWaitForIt() {
        scene.ready("agent1").call("c1", SNAP, ES);
        scene.assertContact("c1", ContactState.WAITING);
        configure(agent("agent1", ES), agent("agent2", EN));
        scene.assertOfferedTo("c1", "agent1");
    }

    @Test
    void queuesThatAskForLessServeThoseWhoWait() {
        configure(agent("agent1", AgentSettings.OfferOn.DESKTOP, java.util.Map.of(), EN));
        scene.ready("agent1").call("c1");
        scene.assertContact("c1", ContactState.WAITING);

        scene.accepted(new Input.Configure(settings(
                List.of(QueueSettings.of(SNAP, HELPLINE, List.of())),
                agent("agent1", AgentSettings.OfferOn.DESKTOP, java.util.Map.of(), EN))));

        scene.assertOfferedTo("c1", "agent1");
        assertEquals(List.of(), scene.contact("c1").requirements().skills());
    }

    @Test
    void aVanishedQueueTakesNobodyNewAndServesThoseInIt() {
        scene.call("c1", GENERAL, EN);
        scene.accepted(new Input.Configure(settings(List.of(Scene.snapQueue()), agent("agent1", EN))));
        assertEquals(
                List.of(SNAP),
                scene.core.state().queues().stream().map(QueueSettings::id).toList());
        scene.refused("unknown-queue", scene.enter("c2", GENERAL, EN));
        scene.ready("agent1").assertOfferedTo("c1", "agent1");
        scene.accept("agent1");
        scene.answered("c1");
        scene.hangUp("agent1", "c1");
        scene.wrapUp("agent1", "c1");
    }

    @Test
    void signingOutAndIn() {
        var agent1 = new AgentId("agent1");
        scene.refused("signed-out", new Input.SetAgentState(agent1, Input.Readiness.READY, Optional.empty()));
        scene.ready("agent1");
        scene.refused(
                "invalid-reason",
                new Input.SetAgentState(agent1, Input.Readiness.NOT_READY, Optional.of("x".repeat(65))));
        scene.accepted(new Input.SetAgentState(agent1, Input.Readiness.NOT_READY, Optional.empty()));
        scene.assertNotReady("agent1", "unspecified");
        scene.accepted(new Input.SignOut(agent1));
        scene.assertAgent("agent1", AgentState.SIGNED_OUT);
        assertEquals(List.of(), scene.accepted(new Input.SignOut(agent1)).events());
        assertEquals(List.of(), scene.disconnect("agent1").events());
        scene.connect("agent1");
        scene.assertNotReady("agent1", "signed-in");
        scene.refused("unknown-agent", new Input.SignOut(new AgentId("nobody")));
    }

    @Test
    void anEventThatCannotFollowIsLoud() {
        var state = new RoutingState();
        org.junit.jupiter.api.Assertions.assertThrows(
                IllegalStateException.class,
                () -> state.apply(
                        new Event.ContactRequeued(Scene.START, new ContactId("c1"), Event.RequeueReason.AGENT_LOST)));
    }
}
