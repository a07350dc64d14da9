package org.helpline.gateway;

import static org.helpline.gateway.MessageFields.word;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.helpline.gateway.ServiceLevelVariant.Counts;
import org.helpline.router.AgentState;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.Event.ContactOutcome;
import org.helpline.router.HelplineId;
import org.helpline.router.Language;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;
import org.helpline.router.RoutingState;
import org.helpline.router.RoutingState.ContactView;

/// The figures of the wallboard: what is now is read from the replica, the day's service level is counted
/// from the events. The day begins at midnight of the configured zone, or with the process.
final class LiveMetrics {
    private final RoutingState replica;
    private final GatewaySettings.Live settings;
    private final TreeMap<Row, Counts> today = new TreeMap<>();
    /// Contacts that were answered once: an answer after a return to the queue is not a second one.
    private final Set<ContactId> answered = new HashSet<>();

    private LocalDate day = LocalDate.MIN;

    LiveMetrics(RoutingState replica, GatewaySettings.Live settings) {
        this.replica = replica;
        this.settings = settings;
    }

    /// Takes an event that the replica has applied.
    void observe(Event event, Optional<ContactView> before) {
        if (event instanceof Event.ContactQueued queued) {
            turnDay(queued.at());
            replica.contact(queued.contact()).ifPresent(contact -> today.putIfAbsent(Row.of(contact), Counts.NONE));
        } else if (event instanceof Event.ContactConnected connected) {
            if (before.flatMap(ContactView::consultOf).isPresent()) return;
            turnDay(connected.at());
            if (answered.add(connected.contact())) {
                before.ifPresent(contact -> today.merge(
                        Row.of(contact),
                        Counts.NONE.plusAnswered(wait(contact, connected.at()), settings.serviceLevel()),
                        (counts, _) -> counts.plusAnswered(wait(contact, connected.at()), settings.serviceLevel())));
            }
        } else if (event instanceof Event.ContactEnded ended) {
            turnDay(ended.at());
            answered.remove(ended.contact());
            if (ended.outcome() == ContactOutcome.ABANDONED) {
                before.ifPresent(contact -> today.merge(
                        Row.of(contact),
                        Counts.NONE.plusAbandoned(wait(contact, ended.at()), settings.serviceLevel()),
                        (counts, _) -> counts.plusAbandoned(wait(contact, ended.at()), settings.serviceLevel())));
            }
        }
    }

    /// Everything but `at`: equal when nothing changed.
    JsonObject figures(Instant now) {
        turnDay(now);
        TreeMap<Row, Now> rows = new TreeMap<>();
        today.keySet().forEach(row -> rows.put(row, Now.NONE));
        for (ContactView contact : replica.contacts()) {
            if (contact.consultOf().isPresent()) continue; // its caller is an agent
            rows.merge(Row.of(contact), Now.NONE.plus(contact, now), (seen, one) -> seen.plus(contact, now));
        }
        JsonArray queues = new JsonArray();
        rows.forEach((row, figures) -> queues.add(queue(row, figures)));
        return new JsonObject().put("queues", queues).put("agents", agents());
    }

    private JsonObject queue(Row row, Now now) {
        ServiceLevel by = settings.serviceLevel();
        OptionalDouble level = by.variant().of(today.getOrDefault(row, Counts.NONE));
        return new JsonObject()
                .put("helpline", row.helpline.value())
                .put("queue", row.queue.value())
                .put("language", row.language.tag())
                .put("modality", word(row.modality))
                .put("waiting", now.waiting)
                .put("longestWaitMs", now.longestWaitMs)
                .put("talking", now.talking)
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
        }
    }

    private static Duration wait(ContactView contact, Instant end) {
        return Duration.between(contact.waitingSince(), end);
    }

    private static double rounded(double share) {
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
    /// @param talking callers in an agent's hands, those whose agent was lost for a moment included
    private record Now(int waiting, long longestWaitMs, int talking) {
        static final Now NONE = new Now(0, 0, 0);

        Now plus(ContactView contact, Instant now) {
            return switch (contact.state()) {
                case WAITING, OFFERED, CONNECTING ->
                    new Now(
                            waiting + 1,
                            Math.max(longestWaitMs, ServerMessage.millisUntil(now, contact.waitingSince())),
                            talking);
                case TALKING, HELD, AGENT_LOST -> new Now(waiting, longestWaitMs, talking + 1);
                case WRAP_UP -> this;
            };
        }
    }
}
