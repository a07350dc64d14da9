package org.helpline.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.helpline.router.AgentId;
import org.helpline.router.AgentState;
import org.helpline.router.Event;
import org.helpline.router.Input;
import org.junit.jupiter.api.Test;

/// Clients that vanish or do not read.
class LostClientTest {
    private static final AgentId AGENT1 = new AgentId("agent1");

    @Test
    void aClientThatAnswersNoPingIsGone() throws IOException {
        GatewaySettings settings = GatewayServer.withSockets(new GatewaySettings.Sockets(
                65_536, 1_048_576, 3, 3, 512, 32, 5, Duration.ofMillis(20), Duration.ofMillis(100)));
        try (GatewayServer server = GatewayServer.start(settings);
                RawClient _ = RawClient.connect(server, "/v1/agent", server.token("agent1"))) {
            await().until(() -> server.domain.inputs().contains(new Input.AgentConnected(AGENT1)));
            await().until(() -> server.domain.inputs().contains(new Input.AgentDisconnected(AGENT1)));
        }
    }

    @Test
    void aReaderThatIsTooSlowIsCutOffAndNobodyWaitsForIt() throws IOException {
        GatewaySettings settings = GatewayServer.withSockets(new GatewaySettings.Sockets(
                65_536, 65_536, 3, 3, 512, 32, 5, Duration.ofSeconds(50), Duration.ofMinutes(10)));
        try (GatewayServer server = GatewayServer.start(settings);
                RawClient _ = RawClient.connect(server, "/v1/agent", server.token("agent1"))) {
            await().until(() -> server.domain.inputs().contains(new Input.AgentConnected(AGENT1)));
            DeskClient other = server.desk("agent2");
            other.next("welcome");
            // More than the kernel's buffers hold, whatever their size.
            for (int i = 0; i < 20; i++) server.domain.happen(states(AGENT1, 500, server.clock.instant()));
            await().until(() -> server.domain.inputs().contains(new Input.AgentDisconnected(AGENT1)));
            other.done("set-state", "state", "ready");
        }
    }

    @Test
    void aFastReaderGetsEverything() {
        try (GatewayServer server = GatewayServer.start()) {
            DeskClient desk = server.desk("agent1");
            desk.next("welcome");
            server.domain.happen(states(AGENT1, 500, server.clock.instant()));
            long seq = desk.next("agent-state").getLong("seq");
            for (int i = 1; i < 500; i++)
                assertEquals(
                        seq + i * DeskNumbers.PER_ENTRY,
                        desk.next("agent-state").getLong("seq"));
        }
    }

    private static List<Event> states(AgentId agent, int count, Instant at) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(new Event.AgentStateChanged(at, agent, AgentState.NOT_READY, Optional.of("x".repeat(1_500))));
        }
        return events;
    }
}
