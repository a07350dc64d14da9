package org.helpline.simulation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.helpline.app.owner.Scheduler;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.SwitchInput;
import org.helpline.store.Journal;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallControl;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.Census;
import org.helpline.telephony.simulated.SimulatedCarrier;

/// One process that owns the domain, from its start to its death. Everything that goes in or out passes here; from its
/// death on nothing does, whatever its memory still computes.
final class Life {
    private final VirtualTime time;
    private final SimulatedCarrier carrier;
    private final Consumer<Life> whenDead;
    private final Deque<Appended> underWay = new ArrayDeque<>();
    private Duration journalTakes = Duration.ZERO;
    private Optional<Death> meant = Optional.empty();
    private int left;
    private Optional<Death> died = Optional.empty();

    /// A batch on its way to the journal.
    private record Appended(List<Journal.Entry> batch, Journal to, Promise<Void> answer, Instant since) {}

    Life(VirtualTime time, SimulatedCarrier carrier, Consumer<Life> whenDead) {
        this.time = time;
        this.carrier = carrier;
        this.whenDead = whenDead;
    }

    boolean isDead() {
        return died.isPresent();
    }

    Optional<Death> died() {
        return died;
    }

    /// How long a batch takes to the journal, and its answer back.
    void journalTakes(Duration each) {
        journalTakes = each;
    }

    /// Since when something waits for the journal.
    Optional<Instant> unwrittenSince() {
        return Optional.ofNullable(underWay.peek()).map(Appended::since);
    }

    // ---- death

    void shallDie(Death death) {
        if (death.moment() == Death.Moment.BETWEEN_STEPS) {
            die(death);
            return;
        }
        meant = Optional.of(death);
        left = death.after();
    }

    void dieNow() {
        die(meant.orElse(new Death(Death.Moment.BETWEEN_STEPS, 0, true)));
    }

    private boolean diesAt(Death.Moment moment) {
        if (isDead() || meant.filter(death -> death.moment() == moment).isEmpty() || left-- > 0) return false;
        die(meant.get());
        return true;
    }

    private void die(Death death) {
        if (isDead()) return;
        died = Optional.of(death);
        // What has left the process arrives in its order, as far as it does.
        while (death.sentIsDone() && !underWay.isEmpty()) {
            Appended sent = underWay.remove();
            if (death.moment() == Death.Moment.BEFORE_THE_APPEND && underWay.isEmpty()) break;
            sent.to().append(sent.batch());
        }
        underWay.clear();
        carrier.controllerDies(death.sentIsDone());
        whenDead.accept(this);
    }

    // ---- its clock, journal, carrier and listeners

    Scheduler clock() {
        return new Scheduler() {
            @Override
            public Instant now() {
                return time.now();
            }

            @Override
            public Runnable after(Duration delay, Runnable task) {
                return time.after(delay, () -> {
                    if (!isDead()) task.run();
                });
            }
        };
    }

    Journal journal(Journal store) {
        return new Journal() {
            @Override
            public String name() {
                return store.name();
            }

            @Override
            public Future<Void> append(List<Entry> batch) {
                Promise<Void> answer = Promise.promise();
                if (isDead()) return answer.future();
                if (batch.isEmpty() && underWay.isEmpty()) return Future.succeededFuture();
                underWay.add(new Appended(List.copyOf(batch), store, answer, time.now()));
                if (!batch.isEmpty() && diesAt(Death.Moment.BEFORE_THE_APPEND)) return answer.future();
                if (journalTakes.isZero()) {
                    arrives();
                } else {
                    time.after(journalTakes, Life.this::arrives);
                }
                return answer.future();
            }

            @Override
            public Future<List<Entry>> read(long fromSeq, int most) {
                return alive(store.read(fromSeq, most));
            }

            @Override
            public Future<Void> trim(long beforeSeq) {
                return isDead() ? Promise.<Void>promise().future() : alive(store.trim(beforeSeq));
            }

            @Override
            public Future<Void> restartAt(long nextSeq) {
                return isDead() ? Promise.<Void>promise().future() : alive(store.restartAt(nextSeq));
            }

            @Override
            public Future<Size> size() {
                return alive(store.size());
            }
        };
    }

    /// Answers come back in the order of the batches.
    private void arrives() {
        if (underWay.isEmpty()) return; // the process died on the way
        Appended sent = underWay.remove();
        sent.to().append(sent.batch()).onComplete(done -> {
            if (!sent.batch().isEmpty() && diesAt(Death.Moment.BEFORE_THE_ACKNOWLEDGEMENT)) return;
            if (!isDead()) sent.answer().handle(done);
        });
    }

    private <T> Future<T> alive(Future<T> answer) {
        Promise<T> told = Promise.promise();
        answer.onComplete(done -> {
            if (!isDead()) told.handle(done);
        });
        return told.future();
    }

    CallControl carrier() {
        return new CallControl() {
            @Override
            public Set<Capability> capabilities() {
                return carrier.capabilities();
            }

            @Override
            public Future<Void> open(Consumer<CallEvent> listener) {
                if (isDead()) return Promise.<Void>promise().future();
                return alive(carrier.open(event -> {
                    if (!isDead()) listener.accept(event);
                }));
            }

            @Override
            public Future<Void> perform(CallCommand command) {
                if (isDead() || diesAt(Death.Moment.BETWEEN_COMMANDS))
                    return Promise.<Void>promise().future();
                return alive(carrier.perform(command));
            }

            @Override
            public Future<Census> census() {
                return isDead() ? Promise.<Census>promise().future() : alive(carrier.census());
            }

            @Override
            public Future<Void> close() {
                return Future.succeededFuture();
            }
        };
    }

    /// Whoever stands outside hears nothing of a dead process.
    TurnListener outside(TurnListener listener) {
        return new TurnListener() {
            @Override
            public void onEvents(List<DomainEvent> events) {
                throw new IllegalStateException("the place in the journal is told, too");
            }

            @Override
            public void onTurn(long firstSeq, List<DomainEvent> events) {
                if (!isDead()) listener.onTurn(firstSeq, events);
            }

            @Override
            public void onDefect(SwitchInput input, RuntimeException defect) {
                if (!isDead()) listener.onDefect(input, defect);
            }
        };
    }

    /// To be the first of the listeners.
    TurnListener mayDieFirst() {
        return events -> diesAt(Death.Moment.BEFORE_THE_LISTENERS);
    }
}
