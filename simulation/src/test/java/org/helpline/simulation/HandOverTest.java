package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.switchboard.CallPlan;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.app.switchboard.Switchboard;
import org.helpline.ivr.CallFlow;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.helpline.router.AgentId;
import org.helpline.router.AgentSettings;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.ContactId;
import org.helpline.router.DomainSettings;
import org.helpline.router.DomainSettings.DisconnectGraces;
import org.helpline.router.HelplineId;
import org.helpline.router.Input;
import org.helpline.router.Language;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;
import org.helpline.router.QueueSettings;
import org.helpline.router.Refusal;
import org.helpline.router.RoutingState.AgentView;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.SupervisionMode;
import org.helpline.router.SupervisorId;
import org.helpline.router.TransferMode;
import org.helpline.router.TransferTarget;
import org.helpline.store.InMemoryJournal;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.simulated.Heard;
import org.helpline.telephony.simulated.SimulatedCaller;
import org.helpline.telephony.simulated.SimulatedCarrier;
import org.helpline.telephony.simulated.SimulatedDevice;
import org.helpline.telephony.simulated.SimulatedSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who hears whom while a caller is held, handed on and listened to; and that nothing is left at the carrier.
class HandOverTest {
    private static final AgentId ANN = new AgentId("ann");
    private static final AgentId BOB = new AgentId("bob");
    private static final SupervisorId CHIEF = new SupervisorId("chief");
    private static final ContactId CONTACT = new ContactId("c-1");
    private static final QueueId QUEUE = new QueueId("q");
    private static final Duration AUDIT = Duration.ofSeconds(30);

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-02T14:00:00Z"));
    private final SimulatedCarrier carrier =
            new SimulatedCarrier(SimulatedSettings.standard(), time, new SplittableRandom(1));
    private final SimulatedDevice ann = carrier.device("desk/ann");
    private final SimulatedDevice bob = carrier.device("desk/bob");
    private final SimulatedDevice chief = carrier.device("desk/chief");
    private final SwitchState state = new SwitchState();
    private final SwitchState replica = new SwitchState();
    private DomainOwner owner;
    private SimulatedCaller caller;

    /// Ann talks with a caller, and Bob is ready.
    @BeforeEach
    void annTalks() {
        owner = new DomainOwner(
                "demo",
                new Switchboard(state, plan()),
                new InMemoryJournal(10_000),
                new JsonEventCodec(),
                carrier,
                time,
                () -> CONTACT);
        owner.addListener(events -> events.forEach(this::journalled));
        command(new Input.Configure(settings()));
        owner.open(AUDIT);
        ready(ANN);
        caller = carrier.call("1", Optional.of("12125550147"));
        pass(1);
        accept(ANN);
        assertEquals(ann.legs(), caller.bridgedWith());
        ready(BOB);
    }

    private void journalled(DomainEvent event) {
        replica.apply(event);
    }

    @AfterEach
    void nothingIsLeft() {
        caller.hangUp();
        pass(2);
        time.pass(AUDIT);
        assertTrue(carrier.truth().empty());
        assertTrue(state.calls().isEmpty());
        assertTrue(state.devices().isEmpty());
        assertTrue(state.consults().isEmpty());
        assertTrue(state.listeners().isEmpty());
        assertEquals(state.digest(), replica.digest());
    }

    @Test
    void aHeldCallerHearsMusicAndTheAgentIsBackAtOnce() {
        command(new Input.Hold(ANN, CONTACT));
        assertTrue(caller.hearsMusic());
        assertEquals(List.of(), caller.hearsLegs());
        assertEquals(List.of(), ann.hearsLegs());
        assertEquals(1, ann.legs().size(), "her line stays up");
        command(new Input.Retrieve(ANN, CONTACT));
        assertFalse(caller.hearsMusic());
        assertEquals(ann.legs(), caller.hearsLegs());
        assertEquals(List.of(caller.leg()), ann.hearsLegs());
    }

    @Test
    void aHeldCallerWhoseMusicWasLostHearsItAgainAfterTheNextAudit() {
        command(new Input.Hold(ANN, CONTACT));
        carrier.perform(new CallCommand.StopMusic(caller.leg()));
        pass(1);
        assertFalse(caller.hearsMusic());
        time.pass(AUDIT);
        assertTrue(caller.hearsMusic());
    }

    @Test
    void aCallerTransferredToTheQueueIsOfferedToTheNextAgent() {
        transfer(new TransferTarget.ToQueue(QUEUE), TransferMode.COLD);
        assertEquals(List.of(), ann.legs());
        assertTrue(caller.hearsMusic() || !caller.promptsHeard().isEmpty());
        accept(BOB);
        assertEquals(bob.legs(), caller.hearsLegs());
    }

    @Test
    void aCallerTransferredToAnAgentIsOfferedToThatOne() {
        transfer(new TransferTarget.ToAgent(BOB), TransferMode.COLD);
        accept(BOB);
        assertEquals(bob.legs(), caller.hearsLegs());
        assertEquals(List.of(caller.leg()), bob.hearsLegs());
    }

    @Test
    void aConsultIsCompletedAndTheCallerTalksWithTheOther() {
        consult();
        assertEquals(ann.legs(), bob.hearsLegs());
        assertEquals(bob.legs(), ann.hearsLegs());
        assertTrue(caller.hearsMusic());
        assertEquals(Optional.of("12125550147"), bob.lastCall().orElseThrow().callerNumber());
        assertEquals(Optional.of(caller.leg()), bob.lastCall().orElseThrow().originator());
        command(new Input.CompleteTransfer(ANN, CONTACT));
        assertEquals(bob.legs(), caller.hearsLegs());
        assertEquals(List.of(caller.leg()), bob.hearsLegs());
        assertFalse(caller.hearsMusic());
        assertEquals(List.of(), ann.legs());
        bob.hangUp();
        pass(1);
        assertTrue(caller.over(), "the end of that leg is the end of this contact");
    }

    @Test
    void whoWaitsToConsultHearsMusic() {
        transfer(new TransferTarget.ToAgent(BOB), TransferMode.WARM);
        assertEquals(new Heard.Music(), ann.heard().getLast());
        assertTrue(caller.hearsMusic());
        command(new Input.CancelTransfer(ANN, CONTACT));
        command(new Input.Retrieve(ANN, CONTACT));
        assertEquals(ann.legs(), caller.hearsLegs());
        assertEquals(List.of(), bob.legs());
    }

    @Test
    void aCancelledConsultGivesTheCallBack() {
        consult();
        command(new Input.CancelTransfer(ANN, CONTACT));
        assertEquals(List.of(), bob.legs());
        assertEquals(List.of(), ann.hearsLegs());
        assertTrue(caller.hearsMusic());
        command(new Input.Retrieve(ANN, CONTACT));
        assertEquals(ann.legs(), caller.hearsLegs());
    }

    @Test
    void whoHangsUpDuringTheConsultCompletesIt() {
        consult();
        ann.hangUp();
        pass(1);
        assertEquals(bob.legs(), caller.hearsLegs());
        assertEquals(List.of(caller.leg()), bob.hearsLegs());
    }

    @Test
    void whoHangsUpBeforeTheAnswerHasTransferredCold() {
        transfer(new TransferTarget.ToQueue(QUEUE), TransferMode.WARM);
        ann.hangUp();
        pass(1);
        assertFalse(caller.over());
        accept(BOB);
        assertEquals(bob.legs(), caller.hearsLegs());
    }

    @Test
    void theOtherAgentHangsUpAndTheCallerIsStillHeld() {
        consult();
        bob.hangUp();
        pass(1);
        assertTrue(caller.hearsMusic());
        assertEquals(1, ann.legs().size());
        command(new Input.Retrieve(ANN, CONTACT));
        assertEquals(ann.legs(), caller.hearsLegs());
    }

    @Test
    void theCallerHangsUpDuringTheConsultAndEverybodyIsFree() {
        consult();
        caller.hangUp();
        pass(1);
        assertEquals(List.of(), ann.legs());
        assertEquals(List.of(), bob.legs());
    }

    @Test
    void aCallerTransferredToANumberIsTheCarriers() {
        transfer(new TransferTarget.ToNumber("18005550222"), TransferMode.COLD);
        assertTrue(caller.heard().contains(new Heard.Referred("18005550222")));
        assertEquals(List.of(), ann.legs());
        assertTrue(state.calls().isEmpty());
    }

    @Test
    void aSupervisorListensWhispersAndBargesInAndLeavesTheTwoTalking() {
        supervise(SupervisionMode.MONITOR);
        assertEquals(List.of(ann.legs().getFirst(), caller.leg()), chief.hearsLegs());
        assertEquals(ann.legs(), caller.hearsLegs());
        assertEquals(List.of(caller.leg()), ann.hearsLegs());
        supervise(SupervisionMode.WHISPER);
        assertTrue(ann.hearsLegs().containsAll(chief.legs()));
        assertEquals(ann.legs(), caller.hearsLegs());
        supervise(SupervisionMode.BARGE);
        assertTrue(ann.hearsLegs().containsAll(chief.legs()));
        assertTrue(caller.hearsLegs().containsAll(chief.legs()));
        command(new Input.EndSupervision(CHIEF));
        assertEquals(List.of(), chief.legs());
        assertEquals(ann.legs(), caller.hearsLegs());
        assertEquals(List.of(), carrier.truth().snoops());
    }

    @Test
    void whoBargedInSpeaksWithTheAgentWhileTheCallerIsHeld() {
        supervise(SupervisionMode.BARGE);
        command(new Input.Hold(ANN, CONTACT));
        assertEquals(chief.legs(), ann.hearsLegs());
        assertEquals(ann.legs(), chief.hearsLegs());
        assertEquals(List.of(), caller.hearsLegs());
        command(new Input.Retrieve(ANN, CONTACT));
        assertTrue(caller.hearsLegs().containsAll(chief.legs()));
    }

    @Test
    void aListeningThatNobodyWantsIsEndedByTheAuditAndALostOneBegunAgain() {
        supervise(SupervisionMode.MONITOR);
        String wanted = carrier.truth().snoops().getFirst();
        carrier.perform(new CallCommand.EndSnoop(wanted));
        carrier.perform(new CallCommand.Snoop(
                "stray", ann.legs().getFirst(), chief.legs().getFirst(), true));
        time.pass(AUDIT.plusSeconds(1));
        assertEquals(List.of(wanted), carrier.truth().snoops());
        assertEquals(List.of(ann.legs().getFirst(), caller.leg()), chief.hearsLegs());
    }

    @Test
    void aSupervisorWhoHangsUpDisturbsNobody() {
        supervise(SupervisionMode.WHISPER);
        chief.hangUp();
        pass(1);
        assertEquals(List.of(), state.routing().supervisions());
        assertEquals(ann.legs(), caller.hearsLegs());
    }

    // ---- steps

    private void consult() {
        transfer(new TransferTarget.ToAgent(BOB), TransferMode.WARM);
        accept(BOB);
        assertEquals(
                ContactState.HELD,
                state.routing().contact(CONTACT).orElseThrow().state());
    }

    private void transfer(TransferTarget to, TransferMode mode) {
        command(new Input.Transfer(ANN, CONTACT, to, mode));
    }

    private void supervise(SupervisionMode mode) {
        command(new Input.Supervise(CHIEF, CONTACT, mode));
        pass(3);
    }

    private void ready(AgentId agent) {
        command(new Input.AgentConnected(agent));
        command(new Input.SetAgentState(agent, Input.Readiness.READY, Optional.empty()));
    }

    /// Takes the offer and lets the device answer.
    private void accept(AgentId agent) {
        Optional<AgentView> view = state.routing().agent(agent);
        command(new Input.AcceptOffer(agent, view.flatMap(AgentView::offer).orElseThrow()));
        pass(3);
    }

    private void command(Input input) {
        Optional<Refusal> refusal = owner.submit(input).result();
        assertEquals(Optional.empty(), refusal);
        pass(1);
    }

    private void pass(int seconds) {
        time.pass(Duration.ofSeconds(seconds));
    }

    // ---- a line with one queue, two agents and a supervisor

    private static CallPlan plan() {
        CallFlow flow = new CallFlow(
                "line",
                "queue",
                new SpokenLanguage("en"),
                new TreeMap<>(Map.of(
                        "queue", new Node.Queue("q", List.of(), Duration.ofMinutes(1), List.of(), "full"),
                        "full", new Node.HangUp(List.of()))),
                CallFlow.Limits.DEFAULT);
        return new CallPlan(
                new TreeMap<>(Map.of("line", flow)),
                new TreeMap<>(),
                "line",
                new TreeMap<>(Map.of(ANN, "desk/ann", BOB, "desk/bob", new AgentId(CHIEF.value()), "desk/chief")));
    }

    private static DomainSettings settings() {
        return new DomainSettings(
                "demo",
                List.of(QueueSettings.of(QUEUE, new HelplineId("line"), List.of())),
                List.of(agent(ANN), agent(BOB)),
                DisconnectGraces.DEFAULT,
                List.of("1800555XXXX"));
    }

    private static AgentSettings agent(AgentId id) {
        return new AgentSettings(
                id, id.value(), List.of(new Language("en")), List.of(Modality.VOICE), new TreeMap<>(), OfferOn.DESKTOP);
    }
}
