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
    private static final int SEEDS = 9;

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
                        "Offers.end(turn, contact, OfferOutcome.RESCINDED);",
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
                        ""),
                new Mutation(
                        "a held caller goes on hearing the agent",
                        "Holds.java",
                        "turn.effect(new Effect.HoldCaller(contact.id()));",
                        ""),
                new Mutation(
                        "a consult outlives its caller",
                        "Callers.java",
                        "contact.consult().ifPresent(consult -> Consults.end(turn, consult, ConsultOutcome.CALLER_LEFT));",
                        ""),
                new Mutation(
                        "who was consulted is not free afterwards",
                        "Consults.java",
                        "if (with != null) Readiness.free(turn, with);",
                        ""),
                new Mutation(
                        "a consult with one agent alone waits for ever when that one declines",
                        "Consults.java",
                        "if (!withOneAlone(contact)) return;",
                        "if (contact != null) return;"),
                new Mutation(
                        "the device of who handed the caller on stays up",
                        "Consults.java",
                        "turn.effect(new Effect.ReleaseDevice(leftLeg));",
                        ""),
                new Mutation(
                        "the caller is not joined with who takes over",
                        "Consults.java",
                        "turn.effect(new Effect.Connect(contact.id(), to.id(), leg));",
                        ""),
                new Mutation(
                        "the language is not looked at when a contact is handed to an agent",
                        "Transfers.java",
                        "!found.get().settings().languages().contains(wanted.language())",
                        "found.get().settings().languages().isEmpty()"),
                new Mutation(
                        "a closed queue takes contacts",
                        "Refusals.java",
                        "if (!turn.tables().closedQueues().contains(queue)) return false;",
                        "if (queue != null) return false;"),
                new Mutation(
                        "a supervisor listens on when the contact has left the agent",
                        "RoutingCore.java",
                        "Supervisions.endThoseLeft(turn);",
                        ""),
                new Mutation(
                        "who cannot be reached becomes ready after a wrap-up",
                        "Readiness.java",
                        "become(turn, agent, NOT_READY, Optional.of(DEVICE_UNREACHABLE));",
                        "become(turn, agent, READY, Optional.empty());"),
                new Mutation(
                        "a wrap-up has no limit",
                        "WrapUps.java",
                        "turn.startTimer(TimerKey.Kind.WRAP_UP, agent.id(), limit);",
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
