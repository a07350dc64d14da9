package org.helpline.app.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tag;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.QueueId;
import org.helpline.router.QueueSettings;
import org.helpline.router.RoutingState;
import org.helpline.router.SupervisionMode;
import org.helpline.router.SupervisorId;
import org.helpline.router.TransferTarget;

/// Offers, consults, supervision, and what stands open or closed.
final class DeskMetrics {
    private final Meters meters;
    private final Map<Event.OfferOutcome, Counter> offers = new EnumMap<>(Event.OfferOutcome.class);
    private final Counter ringNoAnswers;
    private final Map<ContactId, TransferTarget> consults = new HashMap<>();
    private final AtomicInteger openConsults = new AtomicInteger();
    private final Map<SupervisorId, SupervisionMode> supervisions = new HashMap<>();
    private final Map<SupervisionMode, AtomicInteger> supervising = new EnumMap<>(SupervisionMode.class);
    private final Map<QueueId, AtomicInteger> closed = new TreeMap<>();

    DeskMetrics(Meters meters) {
        this.meters = meters;
        for (Event.OfferOutcome outcome : Event.OfferOutcome.values()) {
            offers.put(
                    outcome,
                    meters.counter(
                            "helpline.offers",
                            "Offers by outcome, those of consults included",
                            Meters.tag("outcome", Meters.word(outcome))));
        }
        ringNoAnswers = meters.counter("helpline.ring.no.answers", "Offers that an agent let time out", Meters.NONE);
        meters.gauge("helpline.consults.open", "Consults between agents now", Meters.NONE, openConsults::get);
        for (SupervisionMode mode : SupervisionMode.values()) {
            AtomicInteger count = new AtomicInteger();
            supervising.put(mode, count);
            meters.gauge(
                    "helpline.supervisions.open",
                    "Contacts that supervisors listen in on now",
                    Meters.tag("mode", Meters.word(mode)),
                    count::get);
        }
    }

    /// What is open or closed now; it was counted by the process before.
    void recovered(RoutingState state) {
        state.contacts().stream()
                .filter(contact -> contact.consultOf().isPresent())
                .forEach(consult -> consults.put(consult.id(), null)); // whom it was asked of is not known any more
        openConsults.set(consults.size());
        for (RoutingState.SupervisionView view : state.supervisions()) {
            if (!view.listening()) continue;
            supervisions.put(view.supervisor(), view.mode());
            supervising.get(view.mode()).incrementAndGet();
        }
        state.queues().forEach(queue -> flag(queue.id(), queue.helpline().value()));
        state.closedQueues().forEach(queue -> queue(queue, true));
    }

    void offerEnded(Event.OfferEnded e) {
        offers.get(e.outcome()).increment();
        if (e.outcome() == Event.OfferOutcome.TIMED_OUT) ringNoAnswers.increment();
    }

    void deviceFailed(Event.DeviceAttemptFailed e) {
        meters.counter(
                        "helpline.device.failures",
                        "Agents' phones that could not be reached or did not answer after the agent accepted",
                        Meters.tag("reason", Meters.word(e.reason())))
                .increment();
    }

    // ---- consults

    void consultStarted(Event.ConsultStarted e) {
        consults.put(e.consult(), e.to());
        openConsults.set(consults.size());
    }

    /// What an open consult was asked of.
    TransferTarget target(ContactId consult) {
        return consults.get(consult);
    }

    void consultEnded(Event.ConsultEnded e) {
        consults.remove(e.consult());
        openConsults.set(consults.size());
        meters.counter(
                        "helpline.consults",
                        "Consults by what became of them",
                        Meters.tag("outcome", Meters.word(e.outcome())))
                .increment();
    }

    // ---- supervision

    void supervisionStarted(Event.SupervisionStarted e) {
        supervises(e.supervisor(), e.mode());
    }

    void supervisionChanged(Event.SupervisionChanged e) {
        if (supervisions.containsKey(e.supervisor())) supervises(e.supervisor(), e.mode());
    }

    private void supervises(SupervisorId supervisor, SupervisionMode mode) {
        SupervisionMode before = supervisions.put(supervisor, mode);
        if (before != null) supervising.get(before).decrementAndGet();
        supervising.get(mode).incrementAndGet();
        meters.counter(
                        "helpline.supervisions",
                        "Times that a supervisor began to listen in, or changed how",
                        Meters.tag("mode", Meters.word(mode)))
                .increment();
    }

    void supervisionEnded(Event.SupervisionEnded e) {
        SupervisionMode before = supervisions.remove(e.supervisor());
        if (before != null) supervising.get(before).decrementAndGet();
    }

    // ---- queues

    void configured(Event.DomainConfigured e) {
        for (QueueSettings queue : e.settings().queues()) {
            flag(queue.id(), queue.helpline().value());
        }
    }

    void queue(QueueId queue, boolean isClosed) {
        flag(queue, BoundedWords.OTHER).set(isClosed ? 1 : 0);
    }

    private AtomicInteger flag(QueueId queue, String helpline) {
        return closed.computeIfAbsent(queue, id -> {
            AtomicInteger flag = new AtomicInteger();
            meters.gauge(
                    "helpline.queue.closed",
                    "1 while a supervisor has closed the queue to new contacts",
                    List.of(Tag.of("helpline", helpline), Tag.of("queue", id.value())),
                    flag::get);
            return flag;
        });
    }
}
