package org.helpline.app.observe;

import java.util.List;
import java.util.Optional;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.ivr.FlowEvent;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Logs what changed, one line a transition, with the contact id as a log key. Phone numbers are masked.
public final class TransitionLog implements TurnListener {
    private static final Logger log = LoggerFactory.getLogger("helpline.transitions");

    @Override
    public void onEvents(List<DomainEvent> events) {
        if (!log.isInfoEnabled()) return;
        for (DomainEvent event : events) {
            String line = line(event);
            if (line == null) continue;
            Optional<ContactId> contact = event.contact();
            contact.ifPresent(id -> MDC.put("contact", id.value()));
            log.info(line);
            contact.ifPresent(_ -> MDC.remove("contact"));
        }
    }

    /// The last two digits stay, enough to tell two callers apart.
    static String masked(Optional<String> number) {
        return number.map(digits -> digits.length() <= 4
                        ? "*".repeat(digits.length())
                        : "*".repeat(digits.length() - 2) + digits.substring(digits.length() - 2))
                .orElse("withheld");
    }

    private static String line(DomainEvent event) {
        return switch (event) {
            case DomainEvent.CallerArrived e ->
                "call arrived for " + e.helpline() + " from " + masked(e.callerNumber());
            case DomainEvent.CallerGone _ -> "caller's leg over";
            case DomainEvent.DeviceRung e -> "device of " + e.agent() + " rings";
            case DomainEvent.DeviceUp _ -> "device answered";
            case DomainEvent.DeviceGone _ -> "device leg over";
            case DomainEvent.LegsBridged _ -> "joined";
            case DomainEvent.LegsParted _ -> "parted";
            case DomainEvent.ConsultOpened _ -> "the agent's leg waits for somebody to consult";
            case DomainEvent.ConsultClosed _ -> "the agent's leg waits no more";
            case DomainEvent.DeviceMoved _ -> "device leg taken over from a consult";
            case DomainEvent.SupervisorRung e -> "device of supervisor " + e.supervisor() + " is called";
            case DomainEvent.SupervisorUp _ -> "supervisor's device answered";
            case DomainEvent.SupervisorPlaced e ->
                "supervisor's leg " + (e.snoop().isPresent() ? "listens" : "has joined");
            case DomainEvent.SupervisorGone _ -> "supervisor's leg over";
            case DomainEvent.PhoneRegistered e -> "browser of " + e.owner() + " can be called";
            case DomainEvent.PhoneGone e -> "browser of " + e.owner() + " cannot be called any more";
            case DomainEvent.DrainStarted _ -> "draining: no new calls are taken";
            case DomainEvent.DrainEnded _ -> "new calls are taken again";
            case DomainEvent.Flow e -> flow(e.event());
            case DomainEvent.Routing e -> routing(e.event());
        };
    }

    private static String flow(FlowEvent event) {
        if (event instanceof FlowEvent.LanguageChosen e) return "language " + e.language();
        if (event instanceof FlowEvent.NeedChosen e) return "need " + e.need();
        if (event instanceof FlowEvent.LimitReached e) return "one call too many: " + e.limit();
        return null;
    }

    private static String routing(Event event) {
        return switch (event) {
            case Event.DomainConfigured e ->
                "configured: " + e.settings().queues().size() + " queues, "
                        + e.settings().agents().size() + " agents";
            case Event.OffersSuspended _ -> "offers suspended: the carrier is away";
            case Event.OffersResumed _ -> "offers resumed";
            case Event.AgentSignedIn e -> e.agent() + " signed in";
            case Event.AgentSocketLost e -> e.agent() + " lost the connection";
            case Event.AgentSocketRestored e -> e.agent() + " is back";
            case Event.AgentSignedOut e -> e.agent() + " signed out";
            case Event.AgentStateChanged e ->
                e.agent() + " is " + e.state()
                        + e.reason().map(reason -> " (" + reason + ")").orElse("");
            case Event.ContactQueued e ->
                "waits in " + e.queue() + " for " + e.requirements().language();
            case Event.OfferMade e -> "offered to " + e.agent();
            case Event.OfferExtended e -> "offered to " + e.agent() + " until " + e.expiresAt();
            case Event.OfferEnded e -> "offer to " + e.agent() + " " + e.outcome();
            case Event.ContactConnecting e -> "connecting to " + e.agent();
            case Event.DeviceAttemptFailed e -> "device of " + e.agent() + " failed: " + e.reason();
            case Event.ContactConnected e -> "talks with " + e.agent();
            case Event.AgentLost e -> e.agent() + " is lost to the caller";
            case Event.ContactRequeued e -> "back to its place: " + e.reason();
            case Event.ContactHeld e -> "held by " + e.agent();
            case Event.ContactRetrieved e -> "retrieved by " + e.agent();
            case Event.ContactTransferred e -> e.from() + " transferred it to " + e.to();
            case Event.PlaceKept e -> "lost by the switch; its place is kept until " + e.until();
            case Event.PlaceGivenUp e -> "its place is kept no more: " + e.why();
            case Event.CallerVerified e -> e.agent() + " made sure who calls";
            case Event.ContactEnded e -> "ended: " + e.outcome();
            case Event.ConsultStarted e -> e.by() + " consults " + e.to() + " about " + e.of();
            case Event.ConsultEnded e -> "consult about " + e.of() + " ended: " + e.outcome();
            case Event.TransferCompleted e -> "handed on by " + e.from() + " to " + e.to();
            case Event.SupervisionRequested e -> "device of supervisor " + e.supervisor() + " rings";
            case Event.SupervisionStarted e -> e.supervisor() + " listens in on " + e.agent() + ": " + e.mode();
            case Event.SupervisionChanged e -> e.supervisor() + " listens in on " + e.agent() + ": " + e.mode();
            case Event.SupervisionEnded e -> e.supervisor() + " listens in no more: " + e.outcome();
            case Event.AgentSkillsChanged e ->
                e.agent() + " now has languages " + e.languages() + ", modalities " + e.modalities() + ", skills "
                        + e.skills();
            case Event.QueueClosed e -> "queue " + e.queue() + " is closed";
            case Event.QueueOpened e -> "queue " + e.queue() + " is open again";
            case Event.DeviceReachabilityChanged e ->
                "device of " + e.agent()
                        + e.unreachableWhy()
                                .map(why -> " cannot be reached: " + why)
                                .orElse(" can be reached");
            case Event.WrapUpStarted e -> e.agent() + " wraps up";
            case Event.WrapUpCompleted e ->
                e.agent() + " wrapped up, inquiries: " + e.inquiries().size();
            case Event.AgentWishNoted _, Event.TimerStarted _, Event.TimerCancelled _ -> null;
        };
    }
}
