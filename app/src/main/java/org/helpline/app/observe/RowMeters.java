package org.helpline.app.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.helpline.gateway.ServiceLevel;
import org.helpline.router.ContactId;

/// The meters of one helpline, queue, language and modality. They all begin when the first contact comes.
///
/// In each row, offered = handled + abandoned + lost + those who are not over, wherever they are by now.
final class RowMeters {
    private record Waiting(Instant since, ContactId contact) {}

    private final Meters meters;
    private final ContactRow row;
    private final ServiceLevel by;

    private final Counter offered;
    private final Counter answered;
    private final Counter answeredWithin;
    private final Counter handled;
    private final Counter abandoned;
    private final Counter abandonedUnanswered;
    private final Counter abandonedWithin;
    private final Counter shortAbandoned;
    private final Counter lost;
    private final Counter transferredIn;
    private final Timer queueWait;
    private final Timer abandonWait;
    private final Timer talk;
    private final Timer hold;
    private final Timer wrapUp;
    private final Timer handling;

    private final TreeSet<Waiting> line =
            new TreeSet<>(Comparator.comparing(Waiting::since).thenComparing(Waiting::contact));
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger talking = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private volatile Instant oldest = Instant.MAX; // scrapes read it

    RowMeters(Meters meters, ContactRow row, ServiceLevel by, InstantSource clock) {
        this.meters = meters;
        this.row = row;
        this.by = by;
        List<Tag> tags = row.tags();
        offered = counter("offered", "Contacts that entered a queue for the first time");
        answered = counter("answered", "Contacts that an agent talked with, each counted once");
        answeredWithin = counter(
                "answered.within.threshold", "Answered contacts that waited no longer than the service level allows");
        handled = counter(
                "handled", "Contacts that ended while they were with an agent, or that an agent passed on to a number");
        abandoned = counter("abandoned", "Contacts that left while they waited for an agent, at first or again");
        abandonedUnanswered = counter("abandoned.unanswered", "Abandoned contacts that no agent ever talked with");
        abandonedWithin = counter(
                "abandoned.within.threshold",
                "Abandoned contacts that no agent talked with and that left within the time of the service level");
        shortAbandoned =
                counter("short.abandoned", "Abandoned contacts that no agent talked with and that left almost at once");
        lost = counter("lost", "Contacts whose caller the switch lost when it died");
        transferredIn = counter("transferred.in", "Contacts that came here from an agent who handed them on");
        queueWait = meters.wait(
                "helpline.queue.wait", "Wait of answered contacts until the first agent", tags, by.threshold());
        abandonWait = meters.wait(
                "helpline.abandon.wait",
                "Wait of abandoned contacts that no agent talked with",
                tags,
                by.threshold(),
                by.shortAbandon());
        talk = meters.conversation("helpline.talk", "Time an agent talked with a caller", tags);
        hold = meters.conversation("helpline.hold", "Time an agent had a caller on hold, of those held at all", tags);
        wrapUp = meters.conversation("helpline.wrap.up", "Time of after-contact work", tags);
        handling = meters.conversation(
                "helpline.handling", "Talk, hold and wrap-up of one agent with one contact together", tags);
        meters.gauge(
                "helpline.contacts.waiting",
                "Contacts waiting for an agent, offered and connecting ones included",
                tags,
                waiting::get);
        meters.gauge("helpline.contacts.talking", "Contacts in an agent's hands, held ones not", tags, talking::get);
        meters.gauge("helpline.contacts.held", "Contacts that an agent has put on hold", tags, held::get);
        meters.gauge(
                "helpline.longest.wait.seconds",
                "How long the contact that waits longest has been in this line",
                tags,
                () -> longestWait(clock.instant()));
    }

    private Counter counter(String name, String description) {
        return meters.counter("helpline.contacts." + name, description, row.tags());
    }

    private double longestWait(Instant now) {
        Instant since = oldest;
        return since.isBefore(now) ? Duration.between(since, now).toMillis() / 1_000.0 : 0;
    }

    // ---- what came and went

    void offered() {
        offered.increment();
    }

    void answered(Duration wait) {
        answered.increment();
        if (by.met(wait)) answeredWithin.increment();
        queueWait.record(wait);
    }

    void handled() {
        handled.increment();
    }

    /// @param unanswered no agent ever talked with it: only then its leaving says something of the wait
    void abandoned(Duration wait, boolean unanswered) {
        abandoned.increment();
        if (!unanswered) return;
        abandonedUnanswered.increment();
        if (by.met(wait)) abandonedWithin.increment();
        if (by.shortAbandon(wait)) shortAbandoned.increment();
        abandonWait.record(wait);
    }

    void lost() {
        lost.increment();
    }

    void transferredIn() {
        transferredIn.increment();
    }

    void transferredOut(String to, String mode) {
        List<Tag> tags = List.of(
                Tag.of("helpline", row.helpline()),
                Tag.of("queue", row.queue()),
                Tag.of("language", row.language()),
                Tag.of("modality", row.modality()),
                Tag.of("to", to),
                Tag.of("mode", mode));
        meters.counter("helpline.contacts.transferred.out", "Contacts that an agent handed on", tags)
                .increment();
    }

    void requeued(String reason) {
        meters.counter(
                        "helpline.contacts.requeued",
                        "Returns to the queue because an agent or a device was lost",
                        row.and("reason", reason))
                .increment();
    }

    /// What one agent did with one contact.
    void handled(Duration talked, Duration held, Duration wrappedUp) {
        talk.record(talked);
        if (held.isPositive()) hold.record(held);
        if (wrappedUp.isPositive()) wrapUp.record(wrappedUp);
        handling.record(talked.plus(held).plus(wrappedUp));
    }

    // ---- who is here now

    void waits(ContactId contact, Instant since) {
        if (line.add(new Waiting(since, contact))) lineChanged();
    }

    void waitsNoMore(ContactId contact, Instant since) {
        if (line.remove(new Waiting(since, contact))) lineChanged();
    }

    private void lineChanged() {
        waiting.set(line.size());
        oldest = line.isEmpty() ? Instant.MAX : line.first().since();
    }

    void talking(int more) {
        talking.addAndGet(more);
    }

    void held(int more) {
        held.addAndGet(more);
    }
}
