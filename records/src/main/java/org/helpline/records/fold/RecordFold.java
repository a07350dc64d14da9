package org.helpline.records.fold;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.helpline.ivr.FlowEvent;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.TransferTarget;

/// Makes contact records of the journal's events, one after the other. Keeps the contacts that are open,
/// nothing else.
///
/// A contact's record is complete when the caller is gone, the router has ended it and every wrap-up is
/// over. One turn may end a contact and begin its wrap-up, so a record is given out only when the turn is
/// known to be over: with the first event of a later time, or by [#turnOver].
///
/// Not thread-safe.
public final class RecordFold {
    /// More contacts than that are open only if their ends were never told.
    public static final int MOST_OPEN = 50_000;

    private final Duration shortAbandon;
    private final int mostOpen;
    private final Map<ContactId, OpenContact> open = new LinkedHashMap<>(); // in the order of their first events
    private final Map<ContactId, Consult> consults = new LinkedHashMap<>();
    private final Map<ContactId, OpenContact> settling = new LinkedHashMap<>();
    private Instant turn = Instant.MIN;
    private long lastSeq;
    private long lost;

    private record Consult(ContactId of, AgentId by) {}

    /// @param shortAbandon who leaves a line within that time is a short abandon
    public RecordFold(Duration shortAbandon) {
        this(shortAbandon, MOST_OPEN);
    }

    RecordFold(Duration shortAbandon, int mostOpen) {
        this.shortAbandon = shortAbandon;
        this.mostOpen = mostOpen;
    }

    /// The newest event that was folded.
    public long lastSeq() {
        return lastSeq;
    }

    /// Where a fold that starts anew must begin to read to know every open contact.
    public long resumeSeq() {
        return open.isEmpty() ? lastSeq + 1 : open.values().iterator().next().firstSeq();
    }

    public int openContacts() {
        return open.size();
    }

    /// Contacts that were given up without a record, since the beginning.
    public long lost() {
        return lost;
    }

    /// Nothing before that event will be told: what came earlier is recorded, or of no interest.
    public void startAt(long seq) {
        lastSeq = seq - 1;
    }

    /// Events up to here were looked at, and the last ones do not concern contacts.
    public void passed(long seq) {
        lastSeq = seq;
    }

    /// Folds one event.
    ///
    /// @param seq its place in the journal; grows
    /// @return records that are complete, because this event is of a later turn
    public List<ContactRecord> apply(long seq, Recorded recorded) {
        List<ContactRecord> complete = recorded.at().isAfter(turn) ? turnOver() : List.of();
        if (recorded.at().isAfter(turn)) turn = recorded.at();
        lastSeq = seq;
        switch (recorded) {
            case Recorded.CallerArrived e -> begin(e, seq);
            case Recorded.CallerGone e -> in(e.contact(), contact -> contact.gone(e.at()));
            case Recorded.InFlow e -> in(e.contact(), contact -> flow(contact, e.event()));
            case Recorded.Routed e -> routed(e.event());
        }
        return complete;
    }

    /// The turn of the newest event is over.
    ///
    /// @return records that are complete by that
    public List<ContactRecord> turnOver() {
        if (settling.isEmpty()) return List.of();
        List<ContactRecord> complete = new ArrayList<>();
        for (OpenContact contact : settling.values()) {
            if (!contact.over()) continue;
            complete.add(contact.record(shortAbandon));
            open.remove(contact.id());
        }
        settling.clear();
        return complete;
    }

    /// Events up to here are missing: what is open cannot be told right any more.
    ///
    /// @param seq the last event that is missing
    /// @return how many contacts are given up
    public int gap(long seq) {
        int given = open.size();
        lost += given;
        open.clear();
        consults.clear();
        settling.clear();
        lastSeq = seq;
        return given;
    }

    private void begin(Recorded.CallerArrived arrived, long seq) {
        if (open.containsKey(arrived.contact())) return;
        if (open.size() >= mostOpen) {
            open.remove(open.keySet().iterator().next());
            lost++;
        }
        open.put(arrived.contact(), new OpenContact(arrived, seq));
    }

    /// A contact whose beginning was missed leaves no record: half of one would be wrong.
    private void in(ContactId id, Consumer<OpenContact> change) {
        Consult consult = consults.get(id);
        OpenContact contact = open.get(consult == null ? id : consult.of());
        if (contact == null) return;
        change.accept(contact);
        if (contact.over()) settling.put(contact.id(), contact);
    }

    private static void flow(OpenContact contact, FlowEvent event) {
        switch (event) {
            case FlowEvent.FlowStarted e -> contact.speaks(e.language().tag());
            case FlowEvent.LanguageChosen e -> contact.speaks(e.language().tag());
            case FlowEvent.NeedChosen e -> contact.needs(e.need());
            case FlowEvent.QueueRefused e -> contact.refused(e.reason());
            case FlowEvent.LimitReached e -> contact.refused(e.limit());
            case FlowEvent.HangUpOrdered e -> contact.flowEnds(OpenContact.word(e.reason()));
            case FlowEvent.FlowEnded e -> e.reason().ifPresent(contact::flowEnds);
            case FlowEvent.NodeEntered _,
                    FlowEvent.PhaseEntered _,
                    FlowEvent.StepTaken _,
                    FlowEvent.KeyTaken _,
                    FlowEvent.AttemptFailed _,
                    FlowEvent.PlayStarted _,
                    FlowEvent.PlayEnded _,
                    FlowEvent.MusicStarted _,
                    FlowEvent.MusicStopped _,
                    FlowEvent.TimerStarted _,
                    FlowEvent.TimerStopped _,
                    FlowEvent.MenuTimeSpent _,
                    FlowEvent.PositionAsked _,
                    FlowEvent.PositionTold _ -> {}
        }
    }

    private void routed(Event event) {
        switch (event) {
            case Event.ContactQueued e ->
                in(
                        e.contact(),
                        contact -> contact.queued(
                                e.at(),
                                e.queue(),
                                e.requirements().language().tag(),
                                e.requirements().modality(),
                                e.context().need()));
            case Event.OfferMade e -> in(e.contact(), contact -> contact.offered(e.at(), e.contact(), e.agent()));
            case Event.OfferEnded e ->
                in(
                        e.contact(),
                        contact -> contact.offerEnded(e.at(), e.contact(), e.agent(), OpenContact.word(e.outcome())));
            case Event.ContactConnecting e -> in(e.contact(), contact -> contact.rings(e.at(), e.contact(), e.agent()));
            case Event.DeviceAttemptFailed e ->
                in(
                        e.contact(),
                        contact -> contact.ringFailed(e.at(), e.contact(), e.agent(), OpenContact.word(e.reason())));
            case Event.ContactConnected e ->
                in(e.contact(), contact -> contact.connected(e.at(), e.contact(), e.agent(), asker(e.contact())));
            case Event.AgentLost e -> in(e.contact(), contact -> contact.agentLost(e.at(), e.contact(), e.agent()));
            case Event.ContactRequeued e ->
                in(e.contact(), contact -> contact.requeued(e.at(), e.contact(), OpenContact.word(e.reason())));
            case Event.ContactHeld e -> in(e.contact(), contact -> contact.held(e.at(), e.agent()));
            case Event.ContactRetrieved e -> in(e.contact(), contact -> contact.retrieved(e.at(), e.agent()));
            case Event.ContactTransferred e -> in(e.contact(), contact -> transferred(contact, e));
            case Event.ConsultStarted e -> {
                if (open.containsKey(e.of())) consults.put(e.consult(), new Consult(e.of(), e.by()));
                in(e.of(), contact -> contact.consultStarted(e.at(), e.consult(), e.by()));
            }
            case Event.ConsultEnded e -> {
                in(e.of(), contact -> contact.consultEnded(e.at(), e.consult(), OpenContact.word(e.outcome())));
                consults.remove(e.consult());
            }
            case Event.TransferCompleted e ->
                in(e.contact(), contact -> contact.transferCompleted(e.at(), e.consult(), e.from(), e.to()));
            case Event.ContactEnded e -> in(e.contact(), contact -> contact.ended(e.at(), e.outcome()));
            case Event.WrapUpStarted e -> in(e.contact(), contact -> contact.wrapUpStarted(e.at(), e.agent()));
            case Event.WrapUpCompleted e ->
                in(e.contact(), contact -> contact.wrapUpCompleted(e.at(), e.agent(), e.inquiries()));
            case Event.DomainConfigured _,
                    Event.OffersSuspended _,
                    Event.OffersResumed _,
                    Event.AgentSignedIn _,
                    Event.AgentSocketLost _,
                    Event.AgentSocketRestored _,
                    Event.AgentSignedOut _,
                    Event.AgentStateChanged _,
                    Event.AgentWishNoted _,
                    Event.AgentSkillsChanged _,
                    Event.OfferExtended _,
                    Event.CallerVerified _,
                    Event.PlaceKept _,
                    Event.PlaceGivenUp _,
                    Event.QueueClosed _,
                    Event.QueueOpened _,
                    Event.DeviceReachabilityChanged _,
                    Event.SupervisionRequested _,
                    Event.SupervisionStarted _,
                    Event.SupervisionChanged _,
                    Event.SupervisionEnded _,
                    Event.TimerStarted _,
                    Event.TimerCancelled _ -> {}
        }
    }

    private static void transferred(OpenContact contact, Event.ContactTransferred event) {
        switch (event.to()) {
            case TransferTarget.ToQueue to ->
                contact.transferredToWait(event.at(), event.from(), Optional.empty(), Optional.of(to.queue()));
            case TransferTarget.ToAgent to ->
                contact.transferredToWait(event.at(), event.from(), Optional.of(to.agent()), Optional.empty());
            case TransferTarget.ToNumber _ -> contact.transferredOut(event.at(), event.from());
        }
    }

    private Optional<AgentId> asker(ContactId id) {
        return Optional.ofNullable(consults.get(id)).map(Consult::by);
    }
}
