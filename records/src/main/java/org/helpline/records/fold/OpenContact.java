package org.helpline.records.fold;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.helpline.records.fold.ContactRecord.HandledInquiry;
import org.helpline.records.fold.ContactRecord.Outcome;
import org.helpline.records.fold.ContactRecord.Totals;
import org.helpline.records.fold.Segment.Kind;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.Event.ContactOutcome;
import org.helpline.router.Input.Inquiry;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;

/// A contact whose record is still being written.
final class OpenContact {
    /// A contact that waits for hours, offered every few seconds, comes to some hundred.
    static final int MOST_SEGMENTS = 2_000;

    /// One agent hands in at most five; more agents than this do not wrap up one contact.
    private static final int MOST_INQUIRIES = 100;

    private final Recorded.CallerArrived arrived;
    private final long firstSeq;

    /// What the caller lives through now: exactly one of these at a time.
    private Stretch caller;
    /// What agents do beside it.
    private final List<Stretch> beside = new ArrayList<>();

    private final List<Segment> segments = new ArrayList<>();
    private final Map<Kind, Duration> lengths = new EnumMap<>(Kind.class);
    private int droppedSegments;

    private Optional<String> language = Optional.empty();
    private Optional<Modality> modality = Optional.empty();
    private Optional<String> need = Optional.empty();
    private Optional<String> refused = Optional.empty();
    private Optional<String> flowEnd = Optional.empty();
    private Optional<QueueId> queue = Optional.empty();
    private Optional<Instant> offeredAt = Optional.empty();
    private Optional<Instant> answeredAt = Optional.empty();
    private Optional<Instant> goneAt = Optional.empty();
    private Optional<Instant> endedAt = Optional.empty();
    private Optional<ContactOutcome> ended = Optional.empty();
    private int requeues;
    private int transfers;
    private int consults;
    private final List<HandledInquiry> inquiries = new ArrayList<>();

    /// A segment that has begun.
    private record Stretch(
            Kind kind,
            Instant start,
            Optional<AgentId> agent,
            Optional<QueueId> queue,
            Optional<AgentId> by,
            Optional<ContactId> consult) {

        static Stretch of(Kind kind, Instant start) {
            return new Stretch(kind, start, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        Stretch with(AgentId whose) {
            return new Stretch(kind, start, Optional.of(whose), queue, by, consult);
        }

        Stretch in(Optional<QueueId> line) {
            return new Stretch(kind, start, agent, line, by, consult);
        }

        Stretch askedBy(AgentId asker) {
            return new Stretch(kind, start, agent, queue, Optional.of(asker), consult);
        }

        /// In the contact itself, or in a consult of it.
        Stretch within(ContactId id, ContactId contact) {
            return id.equals(contact) ? this : new Stretch(kind, start, agent, queue, by, Optional.of(id));
        }

        boolean isWithin(ContactId id, ContactId contact) {
            return consult.equals(id.equals(contact) ? Optional.empty() : Optional.of(id));
        }
    }

    OpenContact(Recorded.CallerArrived arrived, long firstSeq) {
        this.arrived = arrived;
        this.firstSeq = firstSeq;
        this.caller = Stretch.of(Kind.IVR, milli(arrived.at()));
    }

    ContactId id() {
        return arrived.contact();
    }

    /// Where in the journal its first event stands.
    long firstSeq() {
        return firstSeq;
    }

    /// Nothing more can be said of it.
    boolean over() {
        boolean routed = offeredAt.isPresent();
        return goneAt.isPresent() && (!routed || ended.isPresent()) && beside.isEmpty();
    }

    // ---- in the flow

    void speaks(String tag) {
        language = Optional.of(tag);
    }

    void needs(String what) {
        need = Optional.of(what);
    }

    void refused(String reason) {
        refused = Optional.of(reason);
    }

    /// What is said first is why: our order to hang up comes before the leg's end.
    void flowEnds(String reason) {
        if (flowEnd.isEmpty()) flowEnd = Optional.of(reason);
    }

    void gone(Instant at) {
        if (goneAt.isPresent()) return;
        goneAt = Optional.of(milli(at));
        if (caller.kind() == Kind.IVR) endCaller(at, Optional.empty());
        else if (caller.kind() == Kind.CLOSING) endCaller(at, Optional.empty());
        // In a line or with an agent the router has the last word, in this same turn.
    }

    // ---- in a line

    void queued(Instant at, QueueId line, String tag, Modality how, Optional<String> what) {
        if (offeredAt.isEmpty()) offeredAt = Optional.of(milli(at));
        language = Optional.of(tag);
        modality = Optional.of(how);
        need = what.or(() -> need);
        queue = Optional.of(line);
        moveTo(Stretch.of(Kind.QUEUE, milli(at)).in(queue), Optional.empty());
    }

    void requeued(Instant at, ContactId where, String why) {
        endBeside(at, one -> one.isWithin(where, id()) && one.kind() != Kind.WRAP_UP, why);
        if (!where.equals(id())) return;
        requeues++;
        moveTo(Stretch.of(Kind.QUEUE, milli(at)).in(queue), Optional.of(why));
    }

    // ---- with agents; `where` is the contact itself or a consult of it

    void offered(Instant at, ContactId where, AgentId agent) {
        beside.add(Stretch.of(Kind.OFFER, milli(at)).with(agent).within(where, id()));
    }

    void offerEnded(Instant at, ContactId where, AgentId agent, String outcome) {
        endBeside(at, where, Kind.OFFER, agent, outcome);
    }

    void rings(Instant at, ContactId where, AgentId agent) {
        beside.add(Stretch.of(Kind.RING, milli(at)).with(agent).within(where, id()));
    }

    void ringFailed(Instant at, ContactId where, AgentId agent, String why) {
        endBeside(at, where, Kind.RING, agent, why);
    }

    /// @param asker who began the consult; nobody when it is the contact itself
    void connected(Instant at, ContactId where, AgentId agent, Optional<AgentId> asker) {
        endBeside(at, where, Kind.RING, agent, "connected");
        if (asker.isPresent()) {
            beside.add(Stretch.of(Kind.CONSULT, milli(at))
                    .with(agent)
                    .askedBy(asker.get())
                    .within(where, id()));
        } else {
            talks(at, agent, "connected");
        }
    }

    void agentLost(Instant at, ContactId where, AgentId agent) {
        if (where.equals(id())) {
            moveTo(Stretch.of(Kind.LOST, milli(at)).with(agent), Optional.of("agent-lost"));
        } else {
            endBeside(at, where, Kind.CONSULT, agent, "agent-lost");
        }
    }

    void held(Instant at, AgentId agent) {
        moveTo(Stretch.of(Kind.HOLD, milli(at)).with(agent), Optional.of("held"));
    }

    void retrieved(Instant at, AgentId agent) {
        talks(at, agent, "retrieved");
    }

    private void talks(Instant at, AgentId agent, String before) {
        if (answeredAt.isEmpty()) answeredAt = Optional.of(milli(at));
        moveTo(Stretch.of(Kind.TALK, milli(at)).with(agent), Optional.of(before));
    }

    // ---- handed on

    void consultStarted(Instant at, ContactId consult, AgentId by) {
        consults++;
        beside.add(Stretch.of(Kind.CONSULT, milli(at)).with(by).within(consult, id()));
    }

    void consultEnded(Instant at, ContactId consult, String outcome) {
        endBeside(at, one -> one.isWithin(consult, id()), outcome);
    }

    void transferCompleted(Instant at, ContactId consult, AgentId from, AgentId to) {
        handedOn(at, from, Optional.of(to), Optional.empty(), Optional.of(consult), "warm");
        talks(at, to, "transferred");
    }

    /// @param line the queue it goes to; empty when it stays in the one it came from
    void transferredToWait(Instant at, AgentId from, Optional<AgentId> to, Optional<QueueId> line) {
        queue = line.or(() -> queue);
        handedOn(at, from, to, queue, Optional.empty(), "cold");
        moveTo(Stretch.of(Kind.QUEUE, milli(at)).in(queue), Optional.of("transferred"));
    }

    void transferredOut(Instant at, AgentId from) {
        handedOn(at, from, Optional.empty(), Optional.empty(), Optional.empty(), "to-number");
    }

    private void handedOn(
            Instant at,
            AgentId from,
            Optional<AgentId> to,
            Optional<QueueId> line,
            Optional<ContactId> consult,
            String how) {
        transfers++;
        keep(new Segment(
                Kind.TRANSFER,
                milli(at),
                milli(at),
                Optional.of(from),
                line,
                Optional.empty(),
                to,
                consult,
                Optional.of(how)));
    }

    // ---- the end

    void ended(Instant at, ContactOutcome outcome) {
        ended = Optional.of(outcome);
        endedAt = Optional.of(milli(at));
        endBeside(at, one -> one.kind() != Kind.WRAP_UP, "contact-ended");
        Optional<String> how = Optional.of(word(outcome));
        if (goneAt.isPresent()) {
            endCaller(at, how);
        } else {
            moveTo(Stretch.of(Kind.CLOSING, milli(at)), how);
        }
    }

    void wrapUpStarted(Instant at, AgentId agent) {
        beside.add(Stretch.of(Kind.WRAP_UP, milli(at)).with(agent));
    }

    void wrapUpCompleted(Instant at, AgentId agent, List<Inquiry> handedIn) {
        endBeside(at, id(), Kind.WRAP_UP, agent, handedIn.isEmpty() ? "undetermined" : "completed");
        for (Inquiry inquiry : handedIn) {
            if (inquiries.size() < MOST_INQUIRIES) inquiries.add(new HandledInquiry(milli(at), agent, inquiry));
        }
    }

    // ---- segments

    private void moveTo(Stretch next, Optional<String> outcome) {
        endCaller(next.start(), outcome);
        caller = next;
    }

    private void endCaller(Instant at, Optional<String> outcome) {
        if (caller == null) return;
        end(caller, at, outcome);
        caller = null;
    }

    private void endBeside(Instant at, ContactId where, Kind kind, AgentId agent, String outcome) {
        endBeside(
                at,
                one -> one.kind() == kind
                        && one.isWithin(where, id())
                        && one.agent().equals(Optional.of(agent)),
                outcome);
    }

    private void endBeside(Instant at, Predicate<Stretch> which, String outcome) {
        for (Stretch one : List.copyOf(beside)) {
            if (!which.test(one)) continue;
            beside.remove(one);
            end(one, at, Optional.of(outcome));
        }
    }

    private void end(Stretch stretch, Instant at, Optional<String> outcome) {
        Instant end = milli(at);
        // The flow's part is nothing to tell of when the contact ends together with the caller's leg.
        if (stretch.kind() == Kind.CLOSING && stretch.start().equals(end)) return;
        lengths.merge(stretch.kind(), Duration.between(stretch.start(), end), Duration::plus);
        keep(new Segment(
                stretch.kind(),
                stretch.start(),
                end,
                stretch.agent(),
                stretch.queue(),
                stretch.by(),
                Optional.empty(),
                stretch.consult(),
                outcome));
    }

    private void keep(Segment segment) {
        if (segments.size() < MOST_SEGMENTS) segments.add(segment);
        else droppedSegments++;
    }

    // ---- the record

    ContactRecord record(Duration shortAbandon) {
        Instant end = endedAt.or(() -> goneAt).orElseThrow();
        List<Segment> inOrder = segments.stream()
                .sorted(Comparator.comparing(Segment::start)) // stable: what ended first comes first
                .toList();
        Outcome outcome = outcome(end, shortAbandon);
        return new ContactRecord(
                id(),
                arrived.helpline(),
                arrived.called(),
                arrived.caller(),
                language,
                modality,
                need,
                outcome,
                outcome == Outcome.ENDED_IN_IVR ? refused.or(() -> flowEnd) : Optional.empty(),
                milli(arrived.at()),
                offeredAt,
                answeredAt,
                end,
                new Totals(
                        length(Kind.QUEUE),
                        length(Kind.TALK),
                        length(Kind.HOLD),
                        length(Kind.WRAP_UP),
                        requeues,
                        transfers,
                        consults),
                inOrder,
                droppedSegments,
                inquiries);
    }

    private Outcome outcome(Instant end, Duration shortAbandon) {
        if (ended.isEmpty()) return Outcome.ENDED_IN_IVR;
        return switch (ended.get()) {
            case HANDLED -> Outcome.HANDLED;
            case TRANSFERRED_OUT -> Outcome.TRANSFERRED_OUT;
            case LOST -> Outcome.LOST;
            case ABANDONED -> {
                boolean soon = Duration.between(offeredAt.orElseThrow(), end).compareTo(shortAbandon) <= 0;
                yield soon && answeredAt.isEmpty() ? Outcome.SHORT_ABANDONED : Outcome.ABANDONED;
            }
        };
    }

    private Duration length(Kind kind) {
        return lengths.getOrDefault(kind, Duration.ZERO);
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /// Records count milliseconds; each instant is cut before anything is subtracted, so that neighbours
    /// meet.
    private static Instant milli(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS);
    }
}
