package org.helpline.router;

import static org.helpline.router.Scene.EN;
import static org.helpline.router.Scene.agent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An agent makes sure who calls.
class VerifyCallerTest {
    private final Scene scene = Scene.with(agent("agent1", EN), agent("agent2", EN));

    @BeforeEach
    void ready() {
        scene.ready("agent1");
    }

    private static Input.VerifyCaller verify(String agent, String contact) {
        return new Input.VerifyCaller(new AgentId(agent), new ContactId(contact));
    }

    @Test
    void isKeptWithTheContactWhoeverGetsIt() {
        scene.talking("c1", "agent1");
        assertFalse(scene.contact("c1").verified());
        scene.accepted(verify("agent1", "c1"));
        assertEquals(List.of("CallerVerified"), scene.happened());
        scene.ready("agent2");
        scene.cold("agent1", "c1", new AgentId("agent2"));
        assertTrue(scene.contact("c1").verified());
    }

    @Test
    void consultAndWrapUpKnowItToo() {
        scene.talking("c1", "agent1");
        scene.ready("agent2");
        scene.warm("agent1", "c1", new AgentId("agent2"));
        scene.accepted(verify("agent1", "c1"));
        assertTrue(scene.contact("c1-c1").verified());
        scene.callerLeft("c1");
        assertTrue(scene.contact("c1").verified());
    }

    @Test
    void againChangesNothing() {
        scene.talking("c1", "agent1");
        scene.accepted(verify("agent1", "c1"));
        scene.accepted(verify("agent1", "c1"));
        assertEquals(List.of(), scene.happened());
    }

    @Test
    void isRefusedWithoutACaller() {
        scene.refused("unknown-contact", verify("agent1", "c9"));
        scene.refused("unknown-agent", verify("nobody", "c9"));
        scene.call("c1");
        scene.refused("not-yours", verify("agent2", "c1"));
        scene.refused("wrong-state", verify("agent1", "c1"));
        scene.accept("agent1");
        scene.answered("c1");
        scene.callerLeft("c1");
        scene.refused("wrong-state", verify("agent1", "c1"));
    }
}
