package org.helpline.gateway;

import static org.helpline.gateway.MessageFields.word;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.helpline.gateway.DayTrends.Tally;
import org.helpline.router.AgentState;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.HelplineId;
import org.helpline.router.Language;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;
import org.helpline.router.RoutingState;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;

/// The figures of the wallboard: what is now is read from the replica, the day is counted from the events.
/// The day begins at midnight of the configured zone; counts that begin later say so.
///
/// What is now stands in the queue a contact is in; the day's counts stay with the queue it entered first,
/// as in the metrics, so that a transfer moves no contact from one figure to another. Consults are no
/// contacts of callers and count nowhere.
final class LiveMetrics {
    private final RoutingState replica;
    private final GatewaySettings.Live settings;
    private final TreeMap<Row, Tally> today = new TreeMap<>();
    private final DayTrends trends;
    /// Contacts that are not over, by where they were counted as offered.
    private final Map<ContactId, Open> open = new HashMap<>();

    private final Instant begun;
    private LocalDate day = LocalDate.MIN;
    /// Counted here already, and so not to be taken from the records.
    private final Set<ContactId> met = new HashSet<>();
    /// Over before the beginning, with a wrap-up that went on: their records come with its end.
    private final Set<ContactId> wrappedUpLater = new HashSet<>();
    /// Whether what was before the beginning may still come.
    private boolean moreOfBefore = true;
    private boolean wholeDay;
    private long ofBefore;

    /// @param begun what happened before is counted when the records tell it ([#before])
    LiveMetrics(RoutingState replica, GatewaySettings.Live settings, Instant begun) {
        this.replica = replica;
        this.settings = settings;
        this.trends = new DayTrends(settings.serviceLevel().variant());
        this.begun = begun;
        replica.contacts().forEach(this::open);
        wrappedUpLater.removeAll(met);
    }

    /// A contact that is there from the start counts with those that come, so that the counts of a row agree: where it
    /// is now, because where it came in is not known any more.
    private void open(ContactView contact) {
        if (contact.consultOf().isPresent()) return;
        if (contact.state() == ContactState.WRAP_UP) {
            wrappedUpLater.add(contact.id());
            return;
        }
        offered(contact.id(), Row.of(contact), contact.waitingSince());
        contact.connectedAt().ifPresent(at -> answered(contact.id(), at));
    }

    /// @param answered an answer after a return to the queue is not a second one
    private record Open(Row row, Instant queuedAt, boolean answered) {}

    /// Takes an event that the replica has applied.
    void observe(Event event) {
        switch (event) {
            case Event.ContactQueued e -> {
                Row row = new Row(
                        e.context().helpline(),
                        e.queue(),
                        e.requirements().language(),
                        e.requirements().modality());
                offered(e.contact(), row, e.at());
            }
            case Event.ContactConnected e -> answered(e.contact(), e.at());
            case Event.ContactEnded e -> ended(e);
            default -> {}
        }
    }

    private void offered(ContactId id, Row row, Instant at) {
        if (moreOfBefore) met.add(id);
        open.put(id, new Open(row, at, false));
        count(at, row, Tally::plusOffered);
    }

    private void answered(ContactId id, Instant at) {
        Open contact = open.get(id);
        if (contact == null || contact.answered) return;
        open.put(id, new Open(contact.row, contact.queuedAt, true));
        Duration wait = Duration.between(contact.queuedAt, at);
        count(at, contact.row, before -> before.with(before.counts().plusAnswered(wait, settings.serviceLevel())));
    }

    private void ended(Event.ContactEnded e) {
        Open contact = open.remove(e.contact());
        if (contact == null) return;
        switch (e.outcome()) {
            case HANDLED, TRANSFERRED_OUT -> count(e.at(), contact.row, Tally::plusHandled);
            // Neither served to the end nor given up by the caller.
            case LOST -> {}
            case ABANDONED -> {
                Duration wait = Duration.between(contact.queuedAt, e.at());
                // Who talked with an agent before is in the service level already, as answered.
                count(
                        e.at(),
                        contact.row,
                        before -> before.plusAbandoned(
                                contact.answered
                                        ? before.counts()
                                        : before.counts().plusAbandoned(wait, settings.serviceLevel())));
            }
        }
    }

    // ---- what was before

    /// When the day began.
    Instant dayStart(Instant now) {
        turnDay(now);
        return day.atStartOfDay(settings.zone()).toInstant();
    }

    /// Whether nothing of this day is missing.
    boolean isWholeDay(Instant now) {
        return wholeDay || !begun.isAfter(dayStart(now));
    }

    /// Takes a contact that was over before the beginning, or that is known already.
    void before(DayHistory.Past contact) {
        if (!moreOfBefore || !met.add(contact.contact())) return;
        wrappedUpLater.remove(contact.contact());
        ofBefore++;
        if (!today(contact.endedAt())) return;
        Row row = new Row(contact.helpline(), contact.queue(), contact.language(), contact.modality());
        if (today(contact.queuedAt())) count(contact.queuedAt(), row, Tally::plusOffered);
        boolean answeredEarlier = contact.answeredAt().filter(at -> !today(at)).isPresent();
        open.put(contact.contact(), new Open(row, contact.queuedAt(), answeredEarlier));
        contact.answeredAt().ifPresent(at -> answered(contact.contact(), at));
        ended(new Event.ContactEnded(contact.endedAt(), contact.contact(), contact.outcome()));
    }

    private boolean today(Instant at) {
        return LocalDate.ofInstant(at, settings.zone()).equals(day);
    }

    /// All that the records had was told.
    ///
    /// @return whether nothing is missing: else it has to be told again
    boolean beforeIsWhole() {
        if (!wrappedUpLater.isEmpty()) return false;
        wholeDay = true;
        noMoreOfBefore();
        return true;
    }

    /// What was before stays out.
    void noMoreOfBefore() {
        moreOfBefore = false;
        met.clear();
    }

    /// How many contacts the records told.
    long ofBefore() {
        return ofBefore;
    }

    // ---- counting

    private void count(Instant at, Row row, DayTrends.Change change) {
        turnDay(at);
        today.put(row, change.of(today.getOrDefault(row, Tally.NONE)));
        trends.count(at, row.helpline, row.queue, change);
    }

    /// Everything but `at` and the trends: equal when nothing changed.
    JsonObject figures(Instant now) {
        turnDay(now);
        TreeMap<Row, Now> rows = new TreeMap<>();
        today.keySet().forEach(row -> rows.put(row, Now.NONE));
        for (ContactView contact : replica.contacts()) {
            if (contact.consultOf().isPresent() || contact.state() == ContactState.WRAP_UP) continue;
            rows.merge(Row.of(contact), Now.NONE.plus(contact, now), (seen, _) -> seen.plus(contact, now));
        }
        Set<QueueId> closed = Set.copyOf(replica.closedQueues());
        JsonArray queues = new JsonArray();
        rows.forEach((row, figures) -> queues.add(queue(row, figures, closed.contains(row.queue))));
        JsonObject figures = new JsonObject().put("day", day.toString());
        if (!isWholeDay(now)) figures.put("since", begun.toString());
        return figures.put("queues", queues)
                .put("agents", agents())
                .put(
                        "closedQueues",
                        new JsonArray(
                                closed.stream().map(QueueId::value).sorted().toList()));
    }

    DayTrends trends() {
        return trends;
    }

    private JsonObject queue(Row row, Now now, boolean closed) {
        ServiceLevel by = settings.serviceLevel();
        Tally tally = today.getOrDefault(row, Tally.NONE);
        OptionalDouble level = by.variant().of(tally.counts());
        return new JsonObject()
                .put("helpline", row.helpline.value())
                .put("queue", row.queue.value())
                .put("language", row.language.tag())
                .put("modality", word(row.modality))
                .put("open", !closed)
                .put("waiting", now.waiting)
                .put("longestWaitMs", now.longestWaitMs)
                .put("talking", now.talking)
                .put("held", now.held)
                .put("offered", tally.offered())
                .put("handled", tally.handled())
                .put("abandoned", tally.abandoned())
                .put(
                        "serviceLevel",
                        new JsonObject()
                                .put("variant", by.variant().word())
                                .put("thresholdMs", by.threshold().toMillis())
                                .put("value", level.isPresent() ? rounded(level.getAsDouble()) : null));
    }

    private JsonObject agents() {
        JsonObject agents = new JsonObject();
        List<RoutingState.AgentView> all = replica.agents();
        for (AgentState state : AgentState.values()) {
            agents.put(
                    word(state),
                    all.stream().filter(agent -> agent.state() == state).count());
        }
        return agents;
    }

    private void turnDay(Instant now) {
        LocalDate date = LocalDate.ofInstant(now, settings.zone());
        if (date.isAfter(day)) {
            day = date;
            today.clear();
            trends.clear();
        }
    }

    static double rounded(double share) {
        return Math.round(share * 10_000) / 10_000.0;
    }

    private record Row(HelplineId helpline, QueueId queue, Language language, Modality modality)
            implements Comparable<Row> {
        static Row of(ContactView contact) {
            return new Row(
                    contact.context().helpline(),
                    contact.queue(),
                    contact.requirements().language(),
                    contact.requirements().modality());
        }

        @Override
        public int compareTo(Row other) {
            int order = helpline.compareTo(other.helpline);
            if (order == 0) order = queue.compareTo(other.queue);
            if (order == 0) order = language.compareTo(other.language);
            return order == 0 ? modality.compareTo(other.modality) : order;
        }
    }

    /// @param waiting callers who do not talk with an agent yet, those being offered or connected included
    /// @param longestWaitMs since they entered the line they are in
    /// @param talking callers in an agent's hands, those whose agent was lost for a moment included
    /// @param held callers in an agent's hands who hear music
    private record Now(int waiting, long longestWaitMs, int talking, int held) {
        static final Now NONE = new Now(0, 0, 0, 0);

        Now plus(ContactView contact, Instant now) {
            return switch (contact.state()) {
                case WAITING, OFFERED, CONNECTING ->
                    new Now(
                            waiting + 1,
                            Math.max(longestWaitMs, ServerMessage.millisUntil(now, contact.queuedAt())),
                            talking,
                            held);
                case TALKING, AGENT_LOST -> new Now(waiting, longestWaitMs, talking + 1, held);
                case HELD -> new Now(waiting, longestWaitMs, talking, held + 1);
                case WRAP_UP -> this;
            };
        }
    }
}
