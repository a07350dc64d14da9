package org.helpline.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.helpline.router.RoutingState.ContactView;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Thousands of random inputs for each of some seeds; [DomainInvariants] must hold after every one of them, a
/// replica that only applies the events must have the same digest, and in the end everything must come to
/// rest.
class RandomInputsTest {
    private static final int INPUTS = 5_000;
    private static final int DIGEST_EVERY = 7;

    @Test
    void invariantsHoldWhateverComes() {
        Long only = Long.getLong("helpline.seed");
        if (only != null) {
            new Run(only, new TreeSet<>()).play();
        } else {
            play(LongStream.rangeClosed(1, 12));
        }
    }

    @Test
    @Tag("long")
    void invariantsHoldForManySeeds() {
        play(LongStream.rangeClosed(1_001, 1_400));
    }

    private static void play(LongStream seeds) {
        var seen = new TreeSet<String>();
        seeds.forEach(seed -> new Run(seed, seen).play());
        assertEverythingHappened(seen);
    }

    /// A random test that never reaches a corner proves nothing about it.
    private static void assertEverythingHappened(Set<String> seen) {
        for (Class<?> event : Event.class.getPermittedSubclasses()) assertSeen(seen, event.getSimpleName());
        for (Class<?> effect : Effect.class.getPermittedSubclasses()) assertSeen(seen, effect.getSimpleName());
        for (Event.OfferOutcome outcome : Event.OfferOutcome.values()) assertSeen(seen, outcome.name());
        for (Event.RequeueReason reason : Event.RequeueReason.values()) assertSeen(seen, reason.name());
        for (Event.ContactOutcome outcome : Event.ContactOutcome.values()) assertSeen(seen, outcome.name());
        assertSeen(seen, "place TAKEN_BACK");
        assertSeen(seen, "place EXPIRED");
        for (Event.ConsultOutcome outcome : Event.ConsultOutcome.values()) assertSeen(seen, "consult " + outcome);
        for (Event.SupervisionOutcome outcome : Event.SupervisionOutcome.values()) {
            assertSeen(seen, "supervision " + outcome);
        }
        for (TimerKey.Kind kind : TimerKey.Kind.values()) assertSeen(seen, "fired " + kind);
        for (String reason : List.of(
                "unknown-agent",
                "unknown-contact",
                "unknown-offer",
                "unknown-queue",
                "not-yours",
                "offer-over",
                "answer-the-device",
                "wrong-state",
                "on-contact",
                "wrap-up",
                "signed-out",
                "disconnected",
                "queue-full",
                "already-queued",
                "invalid-inquiries",
                "invalid-reason",
                "queue-closed",
                "consulting",
                "already-consulting",
                "no-consult",
                "not-answered",
                "to-itself",
                "agent-lacks-language",
                "agent-lacks-modality",
                "agent-not-available",
                "offers-suspended",
                "number-not-allowed",
                "warm-to-number",
                "device-unreachable",
                "already-supervising",
                "not-supervising",
                "invalid-skills")) {
            assertSeen(seen, "refused " + reason);
        }
    }

    private static void assertSeen(Set<String> seen, String what) {
        assertTrue(seen.contains(what), () -> what + " never happened, only " + seen);
    }

    private static final class Run {
        private final long seed;
        private final Set<String> seen;
        private final RoutingCore core = new RoutingCore(new RoutingState());
        private final RoutingState replica = new RoutingState();
        private final DomainInvariants invariants = new DomainInvariants(core.state());
        private final RandomInputs inputs;
        private final Deque<Input> latest = new ArrayDeque<>();
        private Instant now = Instant.parse("2026-11-02T09:00:00Z");
        private int steps;

        Run(long seed, Set<String> seen) {
            this.seed = seed;
            this.seen = seen;
            this.inputs = new RandomInputs(seed, core.state());
        }

        void play() {
            try {
                step(new Input.Configure(inputs.settings()));
                while (steps < INPUTS) {
                    now = now.plus(inputs.pause());
                    step(inputs.next(now, invariants.timersAtTheEdge()));
                }
                comeToRest();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + ", step " + steps + ": " + e.getMessage()
                                + "\nRun it again: ./mvnw -o test -pl router -Dtest=RandomInputsTest#invariantsHoldWhateverComes -Dhelpline.seed="
                                + seed + "\nLatest inputs, newest last:\n"
                                + String.join(
                                        "\n",
                                        latest.stream().map(Object::toString).toList()),
                        e);
            }
        }

        private void step(Input input) {
            steps++;
            latest.addLast(input);
            if (latest.size() > 12) latest.removeFirst();
            invariants.reported(input);
            Turn turn = core.step(input, now);
            turn.events().forEach(replica::apply);
            invariants.check(turn);
            inputs.saw(turn);
            note(input, turn);
            if (steps % DIGEST_EVERY == 0) assertEquals(core.state().digest(), replica.digest());
        }

        private void note(Input input, Turn turn) {
            turn.refusal().ifPresent(refusal -> seen.add("refused " + refusal.reason()));
            turn.effects().forEach(effect -> seen.add(effect.getClass().getSimpleName()));
            if (input instanceof Input.TimerFired fired && !turn.events().isEmpty()) {
                seen.add("fired " + fired.key().kind());
            }
            for (Event event : turn.events()) {
                seen.add(event.getClass().getSimpleName());
                switch (event) {
                    case Event.OfferEnded e -> seen.add(e.outcome().name());
                    case Event.ContactRequeued e -> seen.add(e.reason().name());
                    case Event.ContactEnded e -> seen.add(e.outcome().name());
                    case Event.PlaceGivenUp e -> seen.add("place " + e.why());
                    case Event.ConsultEnded e -> seen.add("consult " + e.outcome());
                    case Event.SupervisionEnded e -> seen.add("supervision " + e.outcome());
                    default -> {}
                }
            }
        }

        /// All callers leave and every timer runs out: nothing may be left of any contact.
        private void comeToRest() {
            core.state().contacts().stream()
                    .map(ContactView::id)
                    .toList()
                    .forEach(contact -> step(new Input.CallerLeft(contact)));
            while (!core.state().timers().isEmpty()) {
                Event.TimerStarted timer = core.state().timers().getFirst();
                now = now.isBefore(timer.due()) ? timer.due() : now;
                step(new Input.TimerFired(timer.key(), timer.generation()));
            }
            assertEquals(List.of(), core.state().contacts());
            assertEquals(core.state().digest(), replica.digest());
        }
    }
}
