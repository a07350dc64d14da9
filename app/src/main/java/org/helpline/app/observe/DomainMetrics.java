package org.helpline.app.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.helpline.app.owner.Recovered;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchInput;
import org.helpline.gateway.ServiceLevel;
import org.helpline.ivr.FlowEvent;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.RoutingState;

/// Counts and times of the domain, folded from its events, each by the part that it belongs to. Labels are
/// bounded: helpline, queue, language, modality, and words of our own.
///
/// Threading: events come on the owner's context; scrapes read from any thread.
public final class DomainMetrics implements TurnListener {
    private final Meters meters;
    private final ContactMetrics contacts;
    private final HandlingTimes handling;
    private final AgentMetrics agents;
    private final DeskMetrics desks;
    private final Counter defects;
    private final BoundedWords helplines = BoundedWords.first(100);
    private final BoundedWords limits = BoundedWords.first(10);

    /// @param by how the service level is counted; scrapes tell it, too
    /// @param clock for what grows between events
    public DomainMetrics(MeterRegistry registry, ServiceLevel by, InstantSource clock) {
        meters = new Meters(registry);
        contacts = new ContactMetrics(meters, by, clock);
        handling = new HandlingTimes(contacts);
        agents = new AgentMetrics(meters, clock);
        desks = new DeskMetrics(meters);
        defects = meters.counter("helpline.defects", "Turns that a broken invariant ended early", Meters.NONE);
        meters.gauge(
                "helpline.service.level.threshold.seconds",
                "A contact answered within it counts as answered in time",
                Meters.NONE,
                () -> by.threshold().toMillis() / 1_000.0);
        meters.gauge(
                "helpline.short.abandon.threshold.seconds",
                "A contact that left within it is a short abandon",
                Meters.NONE,
                () -> by.shortAbandon().toMillis() / 1_000.0);
        meters.gauge(
                "helpline.service.level.variant",
                "1 for the variant of the service level that the wallboard shows",
                Meters.tag("variant", by.variant().word()),
                () -> 1);
    }

    @Override
    public void onEvents(List<DomainEvent> events) {
        for (DomainEvent event : events) {
            if (event instanceof DomainEvent.Routing routing) routing(routing.event());
            if (event instanceof DomainEvent.CallerArrived arrived) {
                String helpline = helplines.of(arrived.helpline().value());
                meters.counter(
                                "helpline.calls.arrived",
                                "Calls that reached a helpline",
                                Meters.tag("helpline", helpline))
                        .increment();
            }
            if (event instanceof DomainEvent.Flow(ContactId _, FlowEvent.LimitReached limited)) {
                meters.counter(
                                "helpline.calls.limited",
                                "Calls beyond a limit, which heard that and were hung up",
                                Meters.tag("limit", limits.of(limited.limit())))
                        .increment();
            }
        }
    }

    /// What there is now is seen at once; what was counted before the restart is in the counters of the
    /// process before.
    @Override
    public void onRecovered(Recovered recovered) {
        RoutingState state = recovered.state().routing();
        state.contacts().forEach(contacts::recovered);
        agents.recovered(state.agents());
        desks.recovered(state);
    }

    @Override
    public void onDefect(SwitchInput input, RuntimeException defect) {
        defects.increment();
    }

    private void routing(Event event) {
        switch (event) {
            case Event.ContactQueued e -> contacts.queued(e);
            case Event.ContactConnected e -> {
                contacts.connected(e);
                handling.connected(e);
            }
            case Event.AgentLost e -> {
                contacts.agentLost(e);
                handling.agentLost(e);
            }
            case Event.ContactRequeued e -> {
                contacts.requeued(e);
                handling.requeued(e);
            }
            case Event.ContactHeld e -> {
                contacts.held(e);
                handling.held(e);
            }
            case Event.ContactRetrieved e -> {
                contacts.retrieved(e);
                handling.retrieved(e);
            }
            case Event.ContactTransferred e -> {
                contacts.transferred(e);
                handling.transferred(e);
            }
            case Event.TransferCompleted e -> {
                contacts.transferCompleted(e, desks.target(e.consult()));
                handling.transferCompleted(e);
            }
            case Event.ContactEnded e -> {
                contacts.ended(e);
                handling.ended(e);
            }
            case Event.WrapUpStarted e -> handling.wrapUpStarted(e);
            case Event.WrapUpCompleted e -> handling.wrapUpCompleted(e);
            case Event.AgentStateChanged e -> {
                agents.changed(e);
                handling.agentState(e);
            }
            case Event.DeviceReachabilityChanged e -> agents.device(e);
            case Event.OfferEnded e -> desks.offerEnded(e);
            case Event.DeviceAttemptFailed e -> desks.deviceFailed(e);
            case Event.ConsultStarted e -> desks.consultStarted(e);
            case Event.ConsultEnded e -> desks.consultEnded(e);
            case Event.SupervisionStarted e -> desks.supervisionStarted(e);
            case Event.SupervisionChanged e -> desks.supervisionChanged(e);
            case Event.SupervisionEnded e -> desks.supervisionEnded(e);
            case Event.DomainConfigured e -> desks.configured(e);
            case Event.QueueClosed e -> desks.queue(e.queue(), true);
            case Event.QueueOpened e -> desks.queue(e.queue(), false);
            case Event.OffersSuspended _,
                    Event.OffersResumed _,
                    Event.AgentSignedIn _,
                    Event.AgentSocketLost _,
                    Event.AgentSocketRestored _,
                    Event.AgentSignedOut _,
                    Event.AgentWishNoted _,
                    Event.AgentSkillsChanged _,
                    Event.OfferMade _,
                    Event.OfferExtended _,
                    Event.CallerVerified _,
                    Event.PlaceKept _,
                    Event.PlaceGivenUp _,
                    Event.ContactConnecting _,
                    Event.SupervisionRequested _,
                    Event.TimerStarted _,
                    Event.TimerCancelled _ -> {}
        }
    }
}
