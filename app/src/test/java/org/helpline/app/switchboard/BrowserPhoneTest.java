package org.helpline.app.switchboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.helpline.ivr.CallFlow;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.helpline.router.AgentId;
import org.helpline.router.AgentSettings;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.ContactId;
import org.helpline.router.DomainSettings;
import org.helpline.router.DomainSettings.DisconnectGraces;
import org.helpline.router.Event;
import org.helpline.router.HelplineId;
import org.helpline.router.Input;
import org.helpline.router.Language;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;
import org.helpline.router.QueueSettings;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallControl.Capability;
import org.helpline.telephony.CallEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where an agent is called: in the browser while that can be reached, else on the desk phone.
class BrowserPhoneTest {
    private static final AgentId AGENT = new AgentId("a1");
    private static final PhoneOwner OWNER = PhoneOwner.of(AGENT);
    private static final ContactId CONTACT = new ContactId("c-1");
    private static final String DESK = "desk/a1";
    private static final String PAGE = "web-a1-first";
    private static final String PAGE_AGAIN = "web-a1-second";

    private final Switchboard switchboard = new Switchboard(new SwitchState(), plan());
    private final SwitchState replica = new SwitchState();
    private Instant now = Instant.parse("2026-11-02T09:00:00Z");
    private Switchboard.Outcome last;

    @BeforeEach
    void agentIsReady() {
        command(new Input.Configure(settings()));
        command(new Input.AgentConnected(AGENT));
        command(new Input.SetAgentState(AGENT, Input.Readiness.READY, Optional.empty()));
    }

    @Test
    void deskPhoneRingsWithoutABrowser() {
        assertEquals(DESK, acceptedCall().destination());
    }

    @Test
    void registeredBrowserRingsInsteadOfTheDeskPhone() {
        step(new SwitchInput.PhoneRegistered(OWNER, PAGE));
        assertEquals(PAGE, acceptedCall().destination());
    }

    @Test
    void deskPhoneRingsAgainWhenTheBrowserIsGone() {
        step(new SwitchInput.PhoneRegistered(OWNER, PAGE));
        step(new SwitchInput.PhoneGone(OWNER, PAGE));
        assertEquals(DESK, acceptedCall().destination());
    }

    @Test
    void theEndOfAFormerPageDoesNotConcernItsSuccessor() {
        step(new SwitchInput.PhoneRegistered(OWNER, PAGE));
        step(new SwitchInput.PhoneRegistered(OWNER, PAGE_AGAIN));
        step(new SwitchInput.PhoneGone(OWNER, PAGE));
        assertEquals(List.of(), last.events());
        assertEquals(PAGE_AGAIN, acceptedCall().destination());
    }

    @Test
    void reloadedPageGetsTheCallBack() {
        step(new SwitchInput.PhoneRegistered(OWNER, PAGE));
        String lostLeg = talking();
        step(new SwitchInput.PhoneGone(OWNER, PAGE));
        assertEquals(ContactState.TALKING, contactState(), "the call may go on while the page is away");

        step(new SwitchInput.PhoneRegistered(OWNER, PAGE_AGAIN));

        assertTrue(commands().contains(new CallCommand.HangUp(lostLeg)));
        assertEquals(PAGE_AGAIN, originate().destination());
        step(new SwitchInput.Carrier(new CallEvent.LegEnded(lostLeg, CallEvent.EndCause.NORMAL)));
        assertEquals(List.of(), last.events(), "its end was told already");
        step(new SwitchInput.Carrier(new CallEvent.LegAnswered(originateLeg)));
        assertEquals(ContactState.TALKING, contactState());
    }

    @Test
    void pageThatRegistersAgainKeepsItsCall() {
        step(new SwitchInput.PhoneRegistered(OWNER, PAGE));
        talking();
        step(new SwitchInput.PhoneGone(OWNER, PAGE));
        step(new SwitchInput.PhoneRegistered(OWNER, PAGE));
        assertEquals(List.of(), commands());
        assertEquals(ContactState.TALKING, contactState());
    }

    @Test
    void callOnTheDeskPhoneIsNotDisturbedByAPageThatOpens() {
        talking();
        step(new SwitchInput.PhoneRegistered(OWNER, PAGE));
        assertEquals(List.of(), commands());
        assertEquals(ContactState.TALKING, contactState());
    }

    // ---- a line with one queue and one agent

    private static CallPlan plan() {
        SpokenLanguage english = new SpokenLanguage("en");
        CallFlow flow = new CallFlow(
                "line",
                "queue",
                english,
                new TreeMap<>(Map.of(
                        "queue", new Node.Queue("q", List.of(), Duration.ofMinutes(1), List.of(), "full"),
                        "full", new Node.HangUp(List.of()))),
                CallFlow.Limits.DEFAULT);
        return new CallPlan(
                new TreeMap<>(Map.of("line", flow)), new TreeMap<>(), "line", new TreeMap<>(Map.of(AGENT, DESK)));
    }

    private static DomainSettings settings() {
        AgentSettings agent = new AgentSettings(
                AGENT,
                "Agent One",
                List.of(new Language("en")),
                List.of(Modality.VOICE),
                new TreeMap<>(),
                OfferOn.DESKTOP);
        QueueSettings queue = QueueSettings.of(new QueueId("q"), new HelplineId("line"), List.of());
        return new DomainSettings("demo", List.of(queue), List.of(agent), DisconnectGraces.DEFAULT);
    }

    private String originateLeg = "";

    /// A caller comes, the agent accepts.
    private CallCommand.Originate acceptedCall() {
        step(new SwitchInput.NewCall(
                CONTACT, new CallEvent.CallArrived("caller", "1", Optional.empty(), Set.of(Capability.VOICE))));
        Event.OfferMade offer = routed(Event.OfferMade.class);
        command(new Input.AcceptOffer(AGENT, offer.offer()));
        return originate();
    }

    private String talking() {
        String leg = acceptedCall().leg();
        step(new SwitchInput.Carrier(new CallEvent.LegAnswered(leg)));
        assertEquals(ContactState.TALKING, contactState());
        return leg;
    }

    private CallCommand.Originate originate() {
        CallCommand.Originate call = commands().stream()
                .filter(CallCommand.Originate.class::isInstance)
                .map(CallCommand.Originate.class::cast)
                .findFirst()
                .orElseThrow();
        originateLeg = call.leg();
        return call;
    }

    private ContactState contactState() {
        return switchboard.state().routing().contact(CONTACT).orElseThrow().state();
    }

    private <T extends Event> T routed(Class<T> type) {
        return last.events().stream()
                .filter(DomainEvent.Routing.class::isInstance)
                .map(event -> ((DomainEvent.Routing) event).event())
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private List<CallCommand> commands() {
        return last.actions().stream()
                .filter(Action.Tell.class::isInstance)
                .map(action -> ((Action.Tell) action).command())
                .toList();
    }

    private void command(Input input) {
        step(new SwitchInput.Command(input));
        assertEquals(Optional.empty(), last.refusal());
    }

    private void step(SwitchInput input) {
        now = now.plusMillis(100);
        last = switchboard.step(input, now);
        last.defect().ifPresent(defect -> {
            throw defect;
        });
        last.events().forEach(replica::apply);
        assertEquals(switchboard.state().digest(), replica.digest());
    }
}
