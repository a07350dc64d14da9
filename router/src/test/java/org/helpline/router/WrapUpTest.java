package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.agent;
import static org.helpline.router.Scene.inquiry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.helpline.router.Input.Inquiry;
import org.junit.jupiter.api.Test;

/// After-contact work.
class WrapUpTest {
    private static final AgentId AGENT1 = new AgentId("agent1");
    private static final ContactId C1 = new ContactId("c1");
    private final Scene scene = Scene.with(agent("agent1", EN), agent("agent2", EN));

    private void wrapUp() {
        scene.ready("agent1").talking("c1", "agent1").hangUp("agent1", "c1");
    }

    @Test
    void keepsTheInquiries() {
        wrapUp();
        var escalated = new Inquiry(
                "medicaid-status",
                Input.InquiryOutcome.ESCALATED,
                Optional.of("unit 7"),
                Optional.empty(),
                Optional.of("?"));
        scene.accepted(new Input.CompleteWrapUp(AGENT1, C1, List.of(inquiry("snap-status"), escalated)));
        assertEquals(
                List.of(inquiry("snap-status"), escalated),
                scene.only(Event.WrapUpCompleted.class).inquiries());
        scene.assertAgent("agent1", AgentState.READY);
    }

    @Test
    void closesAsUndeterminedAtItsLimit() {
        wrapUp();
        scene.pass(QueueSettings.DEFAULT_WRAP_UP_LIMIT);
        assertEquals(List.of(), scene.only(Event.WrapUpCompleted.class).inquiries());
        scene.assertAgent("agent1", AgentState.READY);
    }

    @Test
    void endsInWhatTheAgentWishedLast() {
        wrapUp();
        scene.setNotReady("agent1", "meeting");
        scene.setNotReady("agent1", "lunch");
        assertEquals(List.of(), scene.setNotReady("agent1", "lunch").events());
        scene.wrapUp("agent1", "c1");
        scene.assertNotReady("agent1", "lunch");

        scene.setReady("agent1");
        scene.talking("c2", "agent1").setNotReady("agent1", "lunch");
        scene.setReady("agent1");
        scene.hangUp("agent1", "c2");
        scene.wrapUp("agent1", "c2");
        scene.assertAgent("agent1", AgentState.READY);
    }

    @Test
    void aLimitOfZeroSkipsIt() {
        var queue = Scene.snapQueue();
        var noWrapUp = new QueueSettings(
                queue.id(),
                queue.helpline(),
                queue.skills(),
                queue.maxWaiting(),
                queue.offerTimeout(),
                queue.deviceTimeout(),
                Duration.ZERO);
        scene.accepted(new Input.Configure(Scene.settings(List.of(noWrapUp), agent("agent1", EN))));
        scene.ready("agent1").talking("c1", "agent1");
        scene.setNotReady("agent1", "lunch");

        scene.hangUp("agent1", "c1");

        assertEquals(List.of("ContactEnded HANDLED"), scene.happened());
        scene.assertNotReady("agent1", "lunch");
        assertTrue(scene.gone("c1"));
    }

    @Test
    void refusals() {
        scene.ready("agent1").talking("c1", "agent1");
        scene.refused("wrong-state", new Input.CompleteWrapUp(AGENT1, C1, List.of(inquiry("x"))));
        scene.refused("on-contact", new Input.SignOut(AGENT1));
        scene.refused("not-yours", new Input.HangUp(new AgentId("agent2"), C1));
        scene.refused("unknown-contact", new Input.HangUp(AGENT1, new ContactId("c9")));
        scene.refused("unknown-agent", new Input.HangUp(new AgentId("nobody"), C1));
        scene.hangUp("agent1", "c1");
        scene.refused("wrong-state", new Input.HangUp(AGENT1, C1));
        scene.refused("wrap-up", new Input.SignOut(AGENT1));
        scene.refused("not-yours", new Input.CompleteWrapUp(new AgentId("agent2"), C1, List.of(inquiry("x"))));
        scene.refused("invalid-inquiries", new Input.CompleteWrapUp(AGENT1, C1, List.of()));
        Refusal six = scene.refused(
                "invalid-inquiries", new Input.CompleteWrapUp(AGENT1, C1, Collections.nCopies(6, inquiry("x"))));
        assertEquals("a wrap-up has 1 to 5 inquiries, but this one has 6", six.message());
        scene.refused("invalid-inquiries", new Input.CompleteWrapUp(AGENT1, C1, List.of(inquiry(" "))));
        scene.refused("invalid-inquiries", new Input.CompleteWrapUp(AGENT1, C1, List.of(inquiry("x".repeat(101)))));
        scene.accepted(new Input.CompleteWrapUp(AGENT1, C1, Collections.nCopies(5, inquiry("x"))));
        scene.refused("unknown-contact", new Input.CompleteWrapUp(AGENT1, C1, List.of(inquiry("x"))));
    }
}
