package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.helpline.app.switchboard.SwitchInput;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.helpline.router.Input.Inquiry;
import org.helpline.router.Input.InquiryOutcome;
import org.helpline.router.Input.Readiness;
import org.helpline.router.RoutingState.AgentView;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;
import org.helpline.router.SupervisionMode;
import org.helpline.router.TransferMode;
import org.helpline.router.TransferTarget;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.simulated.DeviceBehaviour;
import org.helpline.telephony.simulated.SimulatedCaller;
import org.junit.jupiter.api.Test;

/// Seeded runs in which a switchboard dies again and again: after turns whose commands did not get out, after reports
/// that it did not hear, or in the middle of nothing. `-Dhelpline.seed=N` runs that seed alone.
class KilledSwitchboardTest {
    private static final int DEATHS = 25;
    private static final List<AgentId> AGENTS = List.of(SwitchRestartTest.ANN, SwitchRestartTest.BOB);

    @Test
    void nobodyIsLostWheneverItDies() {
        Long only = Long.getLong("helpline.seed");
        Set<String> seen = new TreeSet<>();
        for (long seed = only == null ? 1 : only; seed <= (only == null ? 40 : only); seed++) {
            Run run = new Run(seed, seen);
            try {
                run.play();
            } catch (RuntimeException | AssertionError broken) {
                throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
            }
        }
        if (only == null) {
            for (ContactState state : List.of(
                    ContactState.WAITING,
                    ContactState.OFFERED,
                    ContactState.CONNECTING,
                    ContactState.TALKING,
                    ContactState.HELD,
                    ContactState.WRAP_UP)) {
                assertTrue(seen.contains(state.name()), () -> "nothing was " + state + " at a death, only " + seen);
            }
        }
    }

    private static final class Run {
        private final SplittableRandom random;
        private final Set<String> seen;
        private final KilledSwitchboard board;
        private final List<SimulatedCaller> callers = new ArrayList<>();

        Run(long seed, Set<String> seen) {
            this.random = new SplittableRandom(seed);
            this.seen = seen;
            this.board = new KilledSwitchboard(SwitchRestartTest.plan(), seed);
        }

        void play() {
            board.command(new Input.Configure(SwitchRestartTest.settings()));
            pass(100);
            for (int death = 0; death < DEATHS; death++) {
                live(20 + random.nextInt(60));
                die();
            }
            callers.forEach(SimulatedCaller::hangUp);
            pass(300_000);
            assertTrue(board.carrier.truth().empty(), () -> "left at the carrier: " + board.carrier.truth());
            assertEquals(List.of(), board.state().routing().contacts());
            assertTrue(
                    board.state().calls().isEmpty() && board.state().devices().isEmpty());
            assertTrue(board.state().consults().isEmpty()
                    && board.state().listeners().isEmpty());
        }

        private void pass(int millis) {
            board.time.pass(Duration.ofMillis(millis));
        }

        private void live(int steps) {
            for (int i = 0; i < steps; i++) {
                pass(random.nextInt(1_500));
                something();
            }
        }

        // ---- death

        private void die() {
            boolean whole = true;
            switch (random.nextInt(3)) {
                case 0 -> {
                    board.mute();
                    whole = false;
                    live(1 + random.nextInt(4));
                }
                case 1 -> {
                    board.deaf();
                    whole = false;
                    live(1 + random.nextInt(4));
                }
                default -> pass(random.nextInt(10));
            }
            Map<ContactId, Instant> ages = ages();
            Map<String, List<String>> talking = whole ? talking() : Map.of();
            board.state()
                    .routing()
                    .contacts()
                    .forEach(contact -> seen.add(contact.state().name()));
            board.kill();
            if (random.nextBoolean()) pass(random.nextInt(4_000));
            board.start();
            pass(20);
            keptTheirPlace(ages);
            talkOn(talking);
            pass(200);
            theCarrierHasWhatTheStateSays();
        }

        private Map<ContactId, Instant> ages() {
            Map<ContactId, Instant> ages = new HashMap<>();
            board.state().routing().contacts().forEach(one -> ages.put(one.id(), one.waitingSince()));
            return ages;
        }

        /// Whom each caller hears who talks by all accounts.
        private Map<String, List<String>> talking() {
            Map<String, List<String>> talking = new HashMap<>();
            for (SimulatedCaller caller : callers) {
                if (!caller.bridgedWith().isEmpty()
                        && call(caller)
                                .flatMap(SwitchState.Call::bridged)
                                .filter(leg -> caller.bridgedWith().contains(leg.value()))
                                .isPresent()) {
                    // A supervisor who barges in may come and go.
                    talking.put(
                            caller.leg(),
                            caller.bridgedWith().stream()
                                    .filter(leg -> !leg.contains("-s"))
                                    .toList());
                }
            }
            return talking;
        }

        private Optional<SwitchState.Call> call(SimulatedCaller caller) {
            return board.state().calls().stream()
                    .filter(call -> call.leg().equals(caller.leg()))
                    .findFirst();
        }

        private void keptTheirPlace(Map<ContactId, Instant> ages) {
            for (ContactView contact : board.state().routing().contacts()) {
                Instant before = ages.get(contact.id());
                if (before != null) assertEquals(before, contact.waitingSince(), contact.toString());
            }
        }

        private void talkOn(Map<String, List<String>> talking) {
            for (SimulatedCaller caller : callers) {
                List<String> before = talking.get(caller.leg());
                if (before == null || caller.over()) continue;
                boolean agentThere = before.stream()
                        .anyMatch(leg -> board.carrier.truth().legs().stream()
                                .anyMatch(one -> one.leg().equals(leg)));
                if (!agentThere) continue;
                List<String> now = caller.bridgedWith();
                assertTrue(now.containsAll(before), () -> caller.leg() + " heard " + before + " and now " + now);
                boolean disturbed = board.told.stream()
                        .anyMatch(command -> command instanceof CallCommand.Bridge bridge
                                && bridge.legs().contains(caller.leg()));
                assertTrue(!disturbed, () -> caller.leg() + " was disturbed by " + board.told);
            }
        }

        private void theCarrierHasWhatTheStateSays() {
            for (SimulatedCaller caller : callers) {
                if (caller.over()) continue;
                Optional<SwitchState.Call> call = call(caller);
                assertTrue(call.isPresent(), () -> caller.leg() + " is forgotten");
                call.get()
                        .bridged()
                        .ifPresent(leg -> assertTrue(
                                caller.bridgedWith().contains(leg.value()),
                                () -> caller.leg() + " hears nobody: " + call));
                if (call.get().bridged().isEmpty()) {
                    assertEquals(List.of(), caller.bridgedWith(), () -> "joined with somebody: " + call);
                }
                if (call.get().flow().music()) assertTrue(caller.hearsMusic(), () -> "no music: " + call);
            }
            Bridges.wrong(board.carrier.truth(), board.state()).ifPresent(wrong -> {
                throw new AssertionError(wrong);
            });
        }

        // ---- life

        private void something() {
            callers.removeIf(SimulatedCaller::over);
            int dice = random.nextInt(100);
            if (dice < 15 && callers.size() < 8) {
                callers.add(board.carrier.call("1", Optional.of("1212555010" + random.nextInt(10))));
            } else if (dice < 35 && !callers.isEmpty()) {
                pick(callers).press(random.nextInt(12) == 0 ? '0' : '1');
            } else if (dice < 38 && !callers.isEmpty()) {
                pick(callers).hangUp();
            } else if (dice < 41) {
                board.carrier.device("desk/" + pick(AGENTS)).hangUp();
            } else if (dice < 46) {
                supervisor();
            } else {
                agent(pick(AGENTS));
            }
        }

        private void supervisor() {
            Optional<ContactView> talking = board.state().routing().contacts().stream()
                    .filter(contact -> contact.state() == ContactState.TALKING)
                    .findFirst();
            if (talking.isEmpty() || random.nextInt(4) == 0) {
                submit(new Input.EndSupervision(SwitchRestartTest.CHIEF));
            } else {
                SupervisionMode mode = pick(List.of(SupervisionMode.values()));
                submit(new Input.Supervise(
                        SwitchRestartTest.CHIEF, talking.get().id(), mode));
            }
        }

        private void agent(AgentId id) {
            board.carrier
                    .device("desk/" + id)
                    .behaves(
                            random.nextInt(8) == 0
                                    ? new DeviceBehaviour.Absent()
                                    : new DeviceBehaviour.Answers(Duration.ofMillis(random.nextInt(3_000))));
            AgentView view = board.state().routing().agent(id).orElseThrow();
            if (!view.connected()) {
                submit(new Input.AgentConnected(id));
                return;
            }
            switch (view.state()) {
                case SIGNED_OUT -> submit(new Input.AgentConnected(id));
                case NOT_READY -> submit(new Input.SetAgentState(id, Readiness.READY, Optional.empty()));
                case READY -> {
                    if (random.nextInt(12) == 0) submit(new Input.AgentDisconnected(id));
                }
                case RESERVED -> view.offer().ifPresent(offer -> submit(new Input.AcceptOffer(id, offer)));
                case ON_CONTACT -> withContact(id, view.contact().orElseThrow());
                case WRAP_UP -> {
                    Inquiry inquiry = new Inquiry(
                            "benefits", InquiryOutcome.RESOLVED, Optional.empty(), Optional.empty(), Optional.empty());
                    submit(new Input.CompleteWrapUp(id, view.contact().orElseThrow(), List.of(inquiry)));
                }
            }
        }

        private void withContact(AgentId id, ContactId contact) {
            AgentId other = AGENTS.get(1 - AGENTS.indexOf(id));
            switch (random.nextInt(12)) {
                case 0 -> submit(new Input.HangUp(id, contact));
                case 1, 2 -> submit(new Input.Hold(id, contact));
                case 3 -> submit(new Input.Retrieve(id, contact));
                case 4, 5, 6 ->
                    submit(new Input.Transfer(id, contact, new TransferTarget.ToAgent(other), TransferMode.WARM));
                case 7 -> submit(new Input.CompleteTransfer(id, contact));
                case 8 -> submit(new Input.CancelTransfer(id, contact));
                case 9 ->
                    submit(new Input.Transfer(
                            id, contact, new TransferTarget.ToQueue(SwitchRestartTest.QUEUE), TransferMode.COLD));
                case 10 -> submit(new Input.AgentDisconnected(id));
                default -> {}
            }
        }

        private void submit(Input input) {
            board.give(new SwitchInput.Command(input));
        }

        private <T> T pick(List<T> from) {
            return from.get(random.nextInt(from.size()));
        }
    }
}
