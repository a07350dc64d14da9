package org.helpline.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.helpline.app.switchboard.CallPlan;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.ivr.CallFlow;
import org.helpline.ivr.CallFlow.Choice;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.Prompt;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.helpline.router.AgentId;
import org.helpline.router.AgentSettings;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.AgentState;
import org.helpline.router.ContactId;
import org.helpline.router.DomainSettings;
import org.helpline.router.DomainSettings.DisconnectGraces;
import org.helpline.router.Event;
import org.helpline.router.HelplineId;
import org.helpline.router.Input;
import org.helpline.router.Input.Inquiry;
import org.helpline.router.Input.InquiryOutcome;
import org.helpline.router.Input.Readiness;
import org.helpline.router.Language;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;
import org.helpline.router.QueueSettings;
import org.helpline.router.RoutingState.AgentView;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;
import org.helpline.router.SupervisionMode;
import org.helpline.router.SupervisorId;
import org.helpline.router.TransferMode;
import org.helpline.router.TransferTarget;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.simulated.DeviceBehaviour;
import org.helpline.telephony.simulated.Heard;
import org.helpline.telephony.simulated.SimulatedCaller;
import org.helpline.telephony.simulated.SimulatedDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of a call in each state when Helpline is killed and started again; whatever its last commands came to,
/// and whatever nobody heard.
class SwitchRestartTest {
    static final AgentId ANN = new AgentId("ann");
    static final AgentId BOB = new AgentId("bob");
    static final SupervisorId CHIEF = new SupervisorId("chief");
    static final QueueId QUEUE = new QueueId("q");
    private static final ContactId CONTACT = new ContactId("c-1");
    private static final Duration A_MOMENT = Duration.ofMillis(500);

    private final KilledSwitchboard board = new KilledSwitchboard(plan(), 1);
    private final SimulatedDevice ann = board.carrier.device("desk/ann");
    private final SimulatedDevice bob = board.carrier.device("desk/bob");
    private final SimulatedDevice chief = board.carrier.device("desk/chief");
    private SimulatedCaller caller;

    @BeforeEach
    void callerIsInTheMenu() {
        board.command(new Input.Configure(settings()));
        pass(A_MOMENT);
        caller = board.carrier.call("1", Optional.of("12125550147"));
        pass(A_MOMENT);
        assertEquals(List.of("choice"), caller.promptsHeard());
    }

    @AfterEach
    void nothingIsLeft() {
        caller.hangUp();
        pass(Duration.ofMinutes(5));
        assertTrue(board.carrier.truth().empty(), board.carrier.truth().toString());
        assertTrue(board.state().calls().isEmpty());
        assertTrue(board.state().devices().isEmpty());
        assertTrue(board.state().consults().isEmpty());
        assertTrue(board.state().listeners().isEmpty());
        assertEquals(List.of(), board.state().routing().contacts());
    }

    // ---- in the flow

    @Test
    void aCallerInAMenuHearsItAgainAndGoesOn() {
        pass(Duration.ofSeconds(3));
        board.killAndStart();
        pass(A_MOMENT);
        assertEquals(List.of("choice", "choice"), caller.promptsHeard());
        toQueue();
        assertTrue(caller.hearsMusic());
    }

    @Test
    void aKeyThatNobodyHeardIsAskedForAgain() {
        board.deaf();
        caller.press('1');
        pass(A_MOMENT);
        board.killAndStart();
        pass(A_MOMENT);
        assertEquals(List.of("choice", "choice"), caller.promptsHeard());
    }

    @Test
    void aCallWhoseAnswerWasLostIsAnswered() {
        caller.hangUp();
        pass(A_MOMENT);
        board.mute();
        caller = board.carrier.call("1", Optional.empty());
        pass(A_MOMENT);
        assertFalse(caller.answered());
        board.killAndStart();
        pass(A_MOMENT);
        assertTrue(caller.answered());
        assertEquals(List.of("choice"), caller.promptsHeard());
    }

    @Test
    void aHangUpThatWasLostIsDone() {
        caller.press('0');
        board.mute();
        pass(Duration.ofSeconds(10));
        assertFalse(caller.over());
        board.killAndStart();
        pass(Duration.ofSeconds(10));
        assertTrue(caller.over());
    }

    // ---- in line

    @Test
    void whoWaitsKeepsPlaceAndAgeAndMusic() {
        Instant since = waits();
        SimulatedCaller second = board.carrier.call("1", Optional.empty());
        pass(A_MOMENT);
        second.press('1');
        pass(Duration.ofSeconds(20));
        board.killAndStart();

        assertEquals(since, contact().waitingSince());
        assertEquals(1, board.state().routing().position(CONTACT));
        assertEquals(2, board.state().routing().position(new ContactId("c-2")));
        assertTrue(caller.hearsMusic());
        assertTrue(board.told.stream().allMatch(CallCommand.StartMusic.class::isInstance), board.told.toString());
        second.hangUp();
    }

    @Test
    void musicThatWasLostBegins() {
        board.mute();
        caller.press('1');
        pass(Duration.ofSeconds(20));
        assertFalse(caller.hearsMusic());
        board.killAndStart();
        pass(A_MOMENT);
        assertTrue(caller.hearsMusic());
    }

    @Test
    void whoLeftMeanwhileHasAbandoned() {
        waits();
        board.kill();
        caller.hangUp();
        pass(A_MOMENT);
        board.start();
        assertEquals(Event.ContactOutcome.ABANDONED, ended().outcome());
        assertEquals(List.of(), board.state().routing().snapshot().places());
    }

    @Test
    void whoWasLostWithTheSwitchMayTakeTheOldPlace() {
        Instant since = waits();
        pass(Duration.ofMinutes(2));
        board.kill();
        board.carrier.restart();
        pass(A_MOMENT);
        board.start();
        assertEquals(Event.ContactOutcome.LOST, ended().outcome());

        caller = board.carrier.call("1", Optional.of("12125550147"));
        pass(A_MOMENT);
        toQueue();
        assertEquals(since, contact(new ContactId("c-2")).waitingSince());
    }

    // ---- offered and ringing

    @Test
    void anOfferWaitsForTheAgentToComeBack() {
        waits();
        ready(ANN);
        board.killAndStart();
        pass(Duration.ofSeconds(10));
        assertEquals(ContactState.OFFERED, contact().state());
        board.command(new Input.AgentConnected(ANN));
        accept(ANN);
        pass(Duration.ofSeconds(3));
        assertTalking(ann);
    }

    @Test
    void aDeviceThatRingsGoesOnRinging() {
        ringing();
        board.killAndStart();
        assertEquals(1, ann.calls());
        pass(Duration.ofSeconds(3));
        assertTalking(ann);
        assertEquals(1, ann.calls());
    }

    @Test
    void aDeviceThatAnsweredMeanwhileHasAnswered() {
        ringing();
        board.kill();
        pass(Duration.ofSeconds(3));
        board.start();
        pass(A_MOMENT);
        assertTalking(ann);
        assertEquals(1, ann.calls());
    }

    @Test
    void aDeviceThatIsGoneGivesTheContactBackAndBlamesNobody() {
        ringing();
        board.kill();
        ann.hangUp();
        pass(A_MOMENT);
        board.start();
        isBackInLine();
    }

    @Test
    void aDeviceThatWasNeverRungGivesTheContactBackAndBlamesNobody() {
        waits();
        ready(ANN);
        board.mute();
        accept(ANN);
        pass(A_MOMENT);
        assertEquals(0, ann.calls());
        board.killAndStart();
        isBackInLine();
    }

    private void isBackInLine() {
        assertEquals(ContactState.WAITING, contact().state());
        assertTrue(caller.hearsMusic());
        assertEquals(AgentState.READY, agent(ANN).state());
        board.command(new Input.AgentConnected(ANN));
        accept(ANN);
        pass(Duration.ofSeconds(3));
        assertTalking(ann);
    }

    @Test
    void aDeviceThatShouldRingNoMoreIsHungUp() {
        ringing();
        board.mute();
        board.command(new Input.AgentDisconnected(ANN));
        pass(A_MOMENT);
        assertEquals(1, ann.legs().size());
        board.killAndStart();
        pass(A_MOMENT);
        assertEquals(List.of(), ann.legs());
        assertEquals(ContactState.WAITING, contact().state());
    }

    // ---- talking

    @Test
    void whoTalksHearsNothingOfIt() {
        talking();
        List<Heard> callerHeard = caller.heard();
        List<Heard> annHeard = ann.heard();
        board.killAndStart();
        assertEquals(List.of(), board.told);
        pass(Duration.ofMinutes(2));
        assertTalking(ann);
        assertEquals(callerHeard, caller.heard());
        assertEquals(annHeard, ann.heard());
    }

    @Test
    void aBridgeThatWasLostIsMade() {
        ringing();
        board.mute();
        pass(Duration.ofSeconds(3));
        assertEquals(List.of(), caller.bridgedWith());
        board.killAndStart();
        pass(A_MOMENT);
        assertTalking(ann);
    }

    @Test
    void aBridgeThatHoldsOneOfThemIsMadeWhole() {
        talking();
        board.kill();
        // Only the bridge goes; both legs stay.
        String bridge = board.carrier.truth().bridges().getFirst().bridge();
        board.start();
        board.carrier.perform(new CallCommand.Unbridge(bridge));
        pass(A_MOMENT);
        assertEquals(List.of(), caller.bridgedWith());
        board.killAndStart();
        pass(A_MOMENT);
        assertTalking(ann);
    }

    @Test
    void anAgentWhoHungUpMeanwhileIsCalledBackWhenThere() {
        talking();
        board.kill();
        ann.hangUp();
        pass(A_MOMENT);
        board.start();
        pass(A_MOMENT);
        assertFalse(caller.over());
        pass(Duration.ofSeconds(3));
        assertTalking(ann);
    }

    @Test
    void aCallerWhoHungUpMeanwhileWasServed() {
        talking();
        board.kill();
        caller.hangUp();
        pass(A_MOMENT);
        board.start();
        assertEquals(Event.ContactOutcome.HANDLED, ended().outcome());
        assertEquals(AgentState.WRAP_UP, agent(ANN).state());
        pass(A_MOMENT);
        assertEquals(List.of(), ann.legs());
    }

    @Test
    void aSwitchThatDiedWithUsEndsAllCallsAndFreesAgents() {
        talking();
        board.kill();
        board.carrier.restart();
        pass(A_MOMENT);
        board.start();
        assertEquals(Event.ContactOutcome.LOST, ended().outcome());
        assertEquals(AgentState.WRAP_UP, agent(ANN).state());
        board.command(new Input.AgentConnected(ANN));
        wrapUp(ANN);
        assertEquals(AgentState.READY, agent(ANN).state());
    }

    @Test
    void aWrapUpGoesOn() {
        talking();
        caller.hangUp();
        pass(A_MOMENT);
        board.killAndStart();
        board.command(new Input.AgentConnected(ANN));
        wrapUp(ANN);
        assertEquals(AgentState.READY, agent(ANN).state());
    }

    // ---- held, consulting, listened to

    @Test
    void aHeldCallerHearsMusicAllAlong() {
        talking();
        board.command(new Input.Hold(ANN, CONTACT));
        pass(A_MOMENT);
        board.killAndStart();
        assertTrue(board.told.stream().allMatch(CallCommand.StartMusic.class::isInstance), board.told.toString());
        assertTrue(caller.hearsMusic());
        board.command(new Input.AgentConnected(ANN));
        board.command(new Input.Retrieve(ANN, CONTACT));
        pass(A_MOMENT);
        assertTalking(ann);
    }

    @Test
    void aHoldThatWasLostIsDone() {
        talking();
        board.mute();
        board.command(new Input.Hold(ANN, CONTACT));
        pass(A_MOMENT);
        board.killAndStart();
        pass(A_MOMENT);
        assertEquals(List.of(), caller.bridgedWith());
        assertTrue(caller.hearsMusic());
    }

    @Test
    void aRetrievalThatWasLostIsDone() {
        talking();
        board.command(new Input.Hold(ANN, CONTACT));
        pass(A_MOMENT);
        board.mute();
        board.command(new Input.Retrieve(ANN, CONTACT));
        board.killAndStart();
        pass(A_MOMENT);
        assertTalking(ann);
    }

    @Test
    void whoConsultsHearsNothingOfIt() {
        consulting();
        List<Heard> annHeard = ann.heard();
        List<Heard> bobHeard = bob.heard();
        board.killAndStart();
        pass(A_MOMENT);
        assertEquals(bob.legs(), ann.hearsLegs());
        assertTrue(caller.hearsMusic());
        assertEquals(annHeard, ann.heard());
        assertEquals(bobHeard, bob.heard());
        board.command(new Input.AgentConnected(ANN));
        board.command(new Input.CompleteTransfer(ANN, CONTACT));
        pass(A_MOMENT);
        assertTalking(bob);
        assertEquals(List.of(), ann.legs());
    }

    @Test
    void aConsultThatWasAnsweredMeanwhileIsJoined() {
        talking();
        ready(BOB);
        board.command(new Input.Transfer(ANN, CONTACT, new TransferTarget.ToAgent(BOB), TransferMode.WARM));
        accept(BOB);
        pass(A_MOMENT);
        board.kill();
        pass(Duration.ofSeconds(3));
        board.start();
        pass(A_MOMENT);
        assertEquals(bob.legs(), ann.hearsLegs());
        assertTrue(caller.hearsMusic());
    }

    @Test
    void aTransferThatWasLostIsCompleted() {
        consulting();
        board.mute();
        board.command(new Input.CompleteTransfer(ANN, CONTACT));
        pass(A_MOMENT);
        board.killAndStart();
        pass(A_MOMENT);
        assertTalking(bob);
        assertEquals(List.of(), ann.legs());
    }

    @Test
    void aSupervisorListensOn() {
        talking();
        supervise();
        List<Heard> heard = chief.heard();
        board.killAndStart();
        pass(A_MOMENT);
        assertEquals(List.of(), board.told);
        assertEquals(heard, chief.heard());
    }

    @Test
    void aListeningThatWasLostBegins() {
        talking();
        board.command(new Input.Supervise(CHIEF, CONTACT, SupervisionMode.MONITOR));
        pass(A_MOMENT);
        board.mute();
        pass(Duration.ofSeconds(3));
        assertEquals(List.of(), chief.hearsLegs());
        board.killAndStart();
        pass(A_MOMENT);
        assertTrue(chief.hearsLegs().contains(caller.leg()));
    }

    @Test
    void aListeningThatIsOverEnds() {
        talking();
        supervise();
        board.mute();
        board.command(new Input.EndSupervision(CHIEF));
        board.killAndStart();
        pass(A_MOMENT);
        assertEquals(List.of(), chief.legs());
        assertEquals(List.of(), board.carrier.truth().snoops());
        assertTalking(ann);
    }

    @Test
    void aTransferToANumberThatWasLostIsCarriedOut() {
        talking();
        board.mute();
        board.command(new Input.Transfer(ANN, CONTACT, new TransferTarget.ToNumber("18005550123"), TransferMode.COLD));
        board.killAndStart();
        pass(A_MOMENT);
        assertTrue(caller.over());
        assertTrue(caller.heard().contains(new Heard.Referred("18005550123")));
        assertFalse(caller.heard().contains(new Heard.Apology()));
    }

    // ---- again and again

    @Test
    void aSecondDeathRightAfterTheFirstChangesNothing() {
        talking();
        board.killAndStart();
        board.killAndStart();
        pass(Duration.ofMinutes(1));
        assertTalking(ann);
        board.command(new Input.AgentConnected(ANN));
        board.command(new Input.HangUp(ANN, CONTACT));
        pass(A_MOMENT);
        assertTrue(caller.over());
    }

    // ---- a line with a menu, a queue, two agents and a supervisor

    static CallPlan plan() {
        SpokenLanguage english = new SpokenLanguage("en");
        CallFlow flow = new CallFlow(
                "line",
                "menu",
                english,
                new TreeMap<>(Map.of(
                        "menu",
                                new Node.Menu(
                                        List.of(new Prompt("choice", Optional.empty())),
                                        List.of(choice('1', "queue"), choice('0', "bye")),
                                        Duration.ofSeconds(6),
                                        3,
                                        List.of(),
                                        List.of(),
                                        "queue"),
                        "queue",
                                new Node.Queue(
                                        QUEUE.value(),
                                        List.of(new Prompt("welcome", Optional.empty())),
                                        Duration.ofMinutes(1),
                                        List.of(),
                                        "bye"),
                        "bye", new Node.HangUp(List.of(new Prompt("bye", Optional.empty()))))),
                CallFlow.Limits.DEFAULT);
        return new CallPlan(
                new TreeMap<>(Map.of("line", flow)),
                new TreeMap<>(),
                "line",
                new TreeMap<>(Map.of(ANN, "desk/ann", BOB, "desk/bob", new AgentId("chief"), "desk/chief")));
    }

    private static Choice choice(char key, String next) {
        return new Choice(key, Optional.empty(), Optional.empty(), Optional.of(next));
    }

    static DomainSettings settings() {
        QueueSettings queue = QueueSettings.of(QUEUE, new HelplineId("line"), List.of());
        return new DomainSettings(
                "demo",
                List.of(queue),
                List.of(agentSettings(ANN), agentSettings(BOB)),
                DisconnectGraces.DEFAULT,
                List.of("1800555XXXX"));
    }

    private static AgentSettings agentSettings(AgentId id) {
        return new AgentSettings(
                id,
                "Agent " + id,
                List.of(new Language("en")),
                List.of(Modality.VOICE),
                new TreeMap<>(),
                OfferOn.DESKTOP);
    }

    private void pass(Duration time) {
        board.time.pass(time);
    }

    private void toQueue() {
        caller.press('1');
        pass(Duration.ofSeconds(15));
    }

    /// @return since when
    private Instant waits() {
        toQueue();
        assertEquals(ContactState.WAITING, contact().state());
        assertTrue(caller.hearsMusic());
        return contact().waitingSince();
    }

    private void ready(AgentId agent) {
        board.command(new Input.AgentConnected(agent));
        board.command(new Input.SetAgentState(agent, Readiness.READY, Optional.empty()));
        pass(A_MOMENT);
    }

    private void accept(AgentId agent) {
        board.command(new Input.AcceptOffer(agent, agent(agent).offer().orElseThrow()));
    }

    /// Ann's device rings, and is answered in two seconds.
    private void ringing() {
        waits();
        ready(ANN);
        ann.behaves(new DeviceBehaviour.Answers(Duration.ofSeconds(2)));
        accept(ANN);
        pass(A_MOMENT);
        assertEquals(ContactState.CONNECTING, contact().state());
    }

    private void talking() {
        ringing();
        pass(Duration.ofSeconds(3));
        assertTalking(ann);
        bob.behaves(new DeviceBehaviour.Answers(Duration.ofSeconds(2)));
        chief.behaves(new DeviceBehaviour.Answers(Duration.ofSeconds(2)));
    }

    /// Ann speaks with Bob while the caller is held.
    private void consulting() {
        talking();
        ready(BOB);
        board.command(new Input.Transfer(ANN, CONTACT, new TransferTarget.ToAgent(BOB), TransferMode.WARM));
        accept(BOB);
        pass(Duration.ofSeconds(3));
        assertEquals(bob.legs(), ann.hearsLegs());
    }

    private void supervise() {
        board.command(new Input.Supervise(CHIEF, CONTACT, SupervisionMode.MONITOR));
        pass(Duration.ofSeconds(3));
        assertTrue(chief.hearsLegs().contains(caller.leg()));
    }

    private void wrapUp(AgentId agent) {
        Inquiry inquiry =
                new Inquiry("benefits", InquiryOutcome.RESOLVED, Optional.empty(), Optional.empty(), Optional.empty());
        board.command(new Input.CompleteWrapUp(agent, CONTACT, List.of(inquiry)));
    }

    private void assertTalking(SimulatedDevice device) {
        assertEquals(ContactState.TALKING, contact().state());
        assertEquals(1, device.legs().size());
        assertEquals(device.legs(), caller.bridgedWith());
        assertFalse(caller.hearsMusic());
    }

    private ContactView contact() {
        return contact(CONTACT);
    }

    private ContactView contact(ContactId id) {
        return board.state().routing().contact(id).orElseThrow();
    }

    private AgentView agent(AgentId id) {
        return board.state().routing().agent(id).orElseThrow();
    }

    /// The end of a contact since the start.
    private Event.ContactEnded ended() {
        return board.events.stream()
                .filter(DomainEvent.Routing.class::isInstance)
                .map(event -> ((DomainEvent.Routing) event).event())
                .filter(Event.ContactEnded.class::isInstance)
                .map(Event.ContactEnded.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
