package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The invariants are worth something: a router with a fault is caught.
class MutationsTest {
    private static final int CALLS = 250;
    private static final int SEEDS = 3;

    @TempDir
    private Path folder;

    /// @param from a piece of the source, which `to` replaces
    record Mutation(String name, String file, String from, String to) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Mutation> mutations() {
        return Stream.of(
                new Mutation(
                        "the offer is not rescinded when the caller leaves",
                        "Callers.java",
                        "Offers.end(turn, leaving, OfferOutcome.RESCINDED);",
                        ""),
                new Mutation(
                        "the agent is not released when the caller leaves during the offer or the ringing",
                        "Readiness.java",
                        "static void free(TurnDraft turn, Agent agent) {",
                        "static void free(TurnDraft turn, Agent agent) { if (agent.state() == AgentState.RESERVED) return;"),
                new Mutation(
                        "the agent is not released after its device failed",
                        "Devices.java",
                        "release(turn, agent, agentReason);",
                        ""),
                new Mutation(
                        "the device rings on when the caller has left",
                        "Devices.java",
                        "turn.effect(new Effect.ReleaseDevice(leg));\n        });\n    }\n\n    // ---- what the edge",
                        "});\n    }\n\n    // ---- what the edge"),
                new Mutation(
                        "a contact that is offered stays in line and is offered to a second agent",
                        "ContactChanges.java",
                        "        leaveLine(contact);\n        tables.ready().remove(agent.get());",
                        "        tables.ready().remove(agent.get());"),
                new Mutation(
                        "apply drops the end of a contact",
                        "ContactChanges.java",
                        "        contact.over();\n        tables.contactRows().remove(contact.id());\n    }\n\n    void apply(Event.WrapUpStarted",
                        "        contact.over();\n    }\n\n    void apply(Event.WrapUpStarted"),
                new Mutation("skills are not looked at", "Agent.java", "level < wanted.minimumLevel()", "level < 0"),
                new Mutation("who came last is served first", "WaitingLines.java", "line.getFirst()", "line.getLast()"),
                new Mutation(
                        "an offer never expires",
                        "Offers.java",
                        "turn.startTimer(TimerKey.Kind.OFFER, offer, queue.offerTimeout());",
                        ""));
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void isCaught(Mutation mutation) throws Exception {
        Mutant mutant = Mutant.of(folder, mutation.file(), mutation.from(), mutation.to());
        String breach = "";
        long seed = 0;
        while (breach.isEmpty() && seed < SEEDS) breach = mutant.breachOf(++seed, CALLS);
        assertTrue(!breach.isEmpty(), "nobody noticed that " + mutation);
        System.out.printf("%s: caught with seed %d by %.160s%n", mutation, seed, breach);
    }

    @Test
    void anUnchangedRouterIsNot() throws Exception {
        Mutant same = Mutant.of(folder, "Callers.java", "final class Callers", "final class Callers");
        for (long seed = 1; seed <= SEEDS; seed++) assertEquals("", same.breachOf(seed, CALLS));
    }
}
