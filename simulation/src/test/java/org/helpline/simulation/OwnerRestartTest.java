package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.codec.JsonSnapshotCodec;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.owner.FreshSnapshot;
import org.helpline.app.owner.JournalHealth;
import org.helpline.app.owner.JournalSettings;
import org.helpline.app.owner.Journalling;
import org.helpline.app.owner.Recovered;
import org.helpline.app.owner.Recovery;
import org.helpline.app.switchboard.Switchboard;
import org.helpline.router.AgentId;
import org.helpline.router.AgentSettings;
import org.helpline.router.AgentState;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.helpline.router.Refusal;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;
import org.helpline.store.DomainStore;
import org.helpline.store.InMemoryContents;
import org.helpline.store.InMemoryStore;
import org.helpline.store.Journal;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallControl;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.Census;
import org.helpline.telephony.simulated.DeviceBehaviour;
import org.helpline.telephony.simulated.SimulatedCaller;
import org.helpline.telephony.simulated.SimulatedCarrier;
import org.helpline.telephony.simulated.SimulatedSettings;
import org.junit.jupiter.api.Test;

/// A life with a domain is killed, and another one goes on with it: owner, journal and recovery together, in virtual
/// time, on a carrier and a store that outlive both.
class OwnerRestartTest {
    private static final Instant START = Instant.parse("2026-03-02T14:00:00Z");
    private static final AgentId ANN = new AgentId("agent1");

    private final VirtualTime time = new VirtualTime(START);
    private final SplittableRandom seed = new SplittableRandom(4);
    private final SimulatedCarrier carrier = new SimulatedCarrier(SimulatedSettings.standard(), time, seed.split());
    private final InMemoryContents contents = new InMemoryContents();
    private final List<AgentSettings> agents = DemoLine.agents(3, new Draws(seed.split()));
    private long contacts;
    private OneLife life = new OneLife(carrier);

    /// One life of the program.
    private final class OneLife {
        private final DomainOwner owner;
        private final Journalling journalling;
        private final Recovered recovered;

        OneLife(CallControl calls) {
            InMemoryStore store = new InMemoryStore(contents);
            long epoch = store.lease().take(Duration.ZERO).result();
            DomainStore.Opened opened = store.open(epoch).result();
            JsonEventCodec codec = new JsonEventCodec();
            JsonSnapshotCodec snapshots = new JsonSnapshotCodec();
            recovered = new Recovery(opened, codec, snapshots, epoch).run(0).result();
            journalling = new Journalling(opened.journal(), time, JournalSettings.DEFAULT);
            owner = new DomainOwner(
                    "demo",
                    new Switchboard(recovered.state(), DemoLine.plan(agents)),
                    journalling,
                    codec,
                    calls,
                    time,
                    () -> new ContactId("c-" + ++contacts));
            journalling.freshStartBy(new FreshSnapshot(owner, opened.snapshots(), snapshots));
            owner.recover(recovered);
            owner.submit(new Input.Configure(DemoLine.settings(agents)));
            owner.open(Duration.ofSeconds(30));
        }

        List<ContactView> contacts() {
            return owner.switchboard().state().routing().contacts();
        }

        AgentState stateOf(AgentId agent) {
            return owner.switchboard()
                    .state()
                    .routing()
                    .agent(agent)
                    .orElseThrow()
                    .state();
        }
    }

    private void kill() {
        carrier.controllerDies();
        contents.ownerDies();
    }

    @Test
    void whoWaitsKeepsPlaceAndAge() {
        List<SimulatedCaller> callers = callers(3);
        time.pass(Duration.ofMinutes(5));
        List<ContactView> before = life.contacts();
        assertEquals(3, before.size());
        assertTrue(before.stream().allMatch(contact -> contact.state() == ContactState.WAITING));
        kill();
        time.pass(Duration.ofSeconds(4));
        life = new OneLife(carrier);
        time.pass(Duration.ofSeconds(2));
        assertEquals(before, life.contacts());
        assertEquals(3, life.owner.switchboard().state().calls().size());
        assertEquals(0, life.recovered.report().lost());
        time.pass(Duration.ofSeconds(8)); // everybody has heard the position by then
        assertTrue(callers.stream().allMatch(caller -> caller.hearsMusic() && !caller.over()));
        serve(life);
        assertEquals(ContactState.TALKING, state(before.getFirst().id()), "who has waited longest is next");
    }

    @Test
    void whoTalksIsNotCutAndTheAgentComesBack() {
        List<SimulatedCaller> callers = callers(1);
        time.pass(Duration.ofMinutes(2));
        serve(life);
        List<String> bridged = callers.getFirst().bridgedWith();
        assertFalse(bridged.isEmpty());
        kill();
        time.pass(Duration.ofSeconds(3));
        life = new OneLife(carrier);
        // Back before the carrier is connected: that must not count as gone.
        life.owner.submit(new Input.AgentConnected(ANN));
        time.pass(Duration.ofMinutes(1));
        assertEquals(bridged, callers.getFirst().bridgedWith());
        assertEquals(ContactState.TALKING, life.contacts().getFirst().state());
        assertEquals(AgentState.ON_CONTACT, life.stateOf(ANN));
        callers.getFirst().hangUp();
        time.pass(Duration.ofSeconds(30));
        assertEquals(AgentState.WRAP_UP, life.stateOf(ANN), "the desk is there, so nobody closes its wrap-up");
    }

    @Test
    void whoHungUpMeanwhileIsOverAndWhoComesMeanwhileIsServed() {
        List<SimulatedCaller> callers = callers(2);
        time.pass(Duration.ofMinutes(3));
        kill();
        callers.getFirst().hangUp();
        time.pass(Duration.ofSeconds(5));
        life = new OneLife(carrier);
        time.pass(Duration.ofSeconds(2));
        assertEquals(1, life.contacts().size());
        assertEquals(1, life.owner.switchboard().state().calls().size());
        callers(1);
        time.pass(Duration.ofMinutes(3));
        assertEquals(2, life.contacts().size());
        assertNumbersAreWhole();
    }

    /// The last turn before a kill may be the one that nobody heard of. So may the first one after it: nothing that
    /// follows from what the carrier holds goes out before the journal has it.
    @Test
    void nothingGoesOutBeforeTheJournalHasWhatTheCarrierHolds() {
        callers(1);
        time.pass(Duration.ofMinutes(2));
        kill();
        time.pass(Duration.ofSeconds(4));
        life = new OneLife(carrier);
        contents.become(InMemoryContents.Health.HANGING);
        life.owner.submit(new Input.AgentConnected(ANN));
        Future<Optional<Refusal>> ready =
                life.owner.submit(new Input.SetAgentState(ANN, Input.Readiness.READY, Optional.empty()));
        time.pass(Duration.ofMillis(200));
        assertFalse(ready.isComplete());
        assertEquals(AgentState.SIGNED_OUT, life.stateOf(ANN), "her command waits");
        contents.become(InMemoryContents.Health.WELL);
        time.pass(Duration.ofSeconds(3));
        assertEquals(Optional.empty(), ready.result());
        assertEquals(AgentState.RESERVED, life.stateOf(ANN));
    }

    @Test
    void nobodyIsEndedBeforeTheCarrierSaysSo() {
        List<SimulatedCaller> callers = callers(2);
        time.pass(Duration.ofMinutes(3));
        serve(life);
        kill();
        time.pass(Duration.ofSeconds(2));
        SimulatedCaller talks = callers.stream()
                .filter(caller -> !caller.bridgedWith().isEmpty())
                .findFirst()
                .orElseThrow();
        callers.stream().filter(caller -> caller != talks).forEach(SimulatedCaller::hangUp);
        life = new OneLife(new LateCarrier(Duration.ofMinutes(2)));
        time.pass(Duration.ofSeconds(10));
        life.owner.submit(new Input.AgentConnected(ANN));
        time.pass(Duration.ofSeconds(60));
        assertEquals(2, life.contacts().size());
        assertEquals(AgentState.ON_CONTACT, life.stateOf(ANN));
        time.pass(Duration.ofMinutes(2));
        assertEquals(1, life.contacts().size());
        assertEquals(ContactState.TALKING, life.contacts().getFirst().state());
        assertFalse(talks.over());
    }

    @Test
    void callsGoOnWithoutTheJournalAndTheNextProcessKnowsOfThem() {
        callers(1);
        time.pass(Duration.ofMinutes(1));
        contents.become(InMemoryContents.Health.AWAY);
        callers(1);
        time.pass(Duration.ofMinutes(3));
        assertEquals(2, life.contacts().size());
        assertEquals(JournalHealth.State.AWAY, life.journalling.health().state());
        contents.become(InMemoryContents.Health.WELL);
        time.pass(Duration.ofSeconds(6));
        assertEquals(JournalHealth.State.HEALTHY, life.journalling.health().state());
        List<ContactView> before = life.contacts();
        kill();
        life = new OneLife(carrier);
        time.pass(Duration.ofSeconds(2));
        assertEquals(before, life.contacts());
        assertNumbersAreWhole();
    }

    @Test
    void whatTheStoreLostIsRebuiltFromTheCarrierAndToldAndNumbersGoOnAbove() {
        List<SimulatedCaller> callers = callers(1);
        time.pass(Duration.ofMinutes(2));
        long last = contents.entries().getLast().seq();
        serve(life);
        kill();
        long lost = contents.entries().getLast().seq() - last;
        contents.loseNewest((int) lost);
        life = new OneLife(carrier);
        time.pass(Duration.ofSeconds(2));
        assertEquals(lost, life.recovered.report().lost());
        assertFalse(callers.getFirst().over());
        assertEquals(1, life.contacts().size());
        assertTrue(contents.entries().getFirst().seq() > last + lost);
        assertNumbersAreWhole();
    }

    @Test
    void aProcessThatWasReplacedDoesNothingMore() {
        callers(1);
        time.pass(Duration.ofMinutes(2));
        List<String> why = new ArrayList<>();
        life.owner.whenReplaced(why::add);
        contents.fence();
        callers(1);
        time.pass(Duration.ofMinutes(1));
        assertEquals(1, why.size());
        assertEquals(JournalHealth.State.FENCED, life.journalling.health().state());
        List<Long> seqs = contents.entries().stream().map(Journal.Entry::seq).toList();
        time.pass(Duration.ofMinutes(5));
        assertEquals(seqs, contents.entries().stream().map(Journal.Entry::seq).toList());
    }

    // ----

    /// Callers who choose nothing come to the first queue by themselves.
    private List<SimulatedCaller> callers(int count) {
        List<SimulatedCaller> callers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            callers.add(carrier.call(DemoLine.NUMBER, Optional.of("1212555010" + i)));
            time.pass(Duration.ofSeconds(1));
        }
        return callers;
    }

    /// Ann signs in, goes ready, and accepts what she is offered.
    private void serve(OneLife by) {
        carrier.device(DemoLine.device(ANN)).behaves(new DeviceBehaviour.Answers(Duration.ofSeconds(1)));
        by.owner.submit(new Input.AgentConnected(ANN));
        by.owner.submit(new Input.SetAgentState(ANN, Input.Readiness.READY, Optional.empty()));
        time.pass(Duration.ofSeconds(1));
        by.owner
                .switchboard()
                .state()
                .routing()
                .agent(ANN)
                .orElseThrow()
                .offer()
                .ifPresent(offer -> by.owner.submit(new Input.AcceptOffer(ANN, offer)));
        time.pass(Duration.ofSeconds(5));
    }

    private ContactState state(ContactId contact) {
        return life.owner
                .switchboard()
                .state()
                .routing()
                .contact(contact)
                .orElseThrow()
                .state();
    }

    private void assertNumbersAreWhole() {
        List<Long> seqs = contents.entries().stream().map(Journal.Entry::seq).toList();
        assertEquals(
                LongStream.rangeClosed(seqs.getFirst(), seqs.getLast()).boxed().toList(), seqs);
    }

    /// The carrier, which cannot be reached for a while.
    private final class LateCarrier implements CallControl {
        private final Duration late;

        private LateCarrier(Duration late) {
            this.late = late;
        }

        @Override
        public Set<Capability> capabilities() {
            return carrier.capabilities();
        }

        @Override
        public Future<Void> open(Consumer<CallEvent> listener) {
            Promise<Void> opened = Promise.promise();
            time.after(late, () -> carrier.open(listener).onComplete(opened));
            return opened.future();
        }

        @Override
        public Future<Void> perform(CallCommand command) {
            return carrier.perform(command);
        }

        @Override
        public Future<Census> census() {
            return carrier.census();
        }

        @Override
        public Future<Void> close() {
            return carrier.close();
        }
    }
}
