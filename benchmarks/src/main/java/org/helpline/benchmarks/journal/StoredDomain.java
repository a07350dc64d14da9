package org.helpline.benchmarks.journal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.codec.JsonSnapshotCodec;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.owner.FreshSnapshot;
import org.helpline.app.owner.JournalSettings;
import org.helpline.app.owner.Journalling;
import org.helpline.app.owner.OwnerContext;
import org.helpline.app.owner.Recovered;
import org.helpline.app.owner.Recovery;
import org.helpline.app.owner.SnapshotKeeper;
import org.helpline.app.owner.VertxScheduler;
import org.helpline.app.switchboard.Switchboard;
import org.helpline.benchmarks.ShippedLine;
import org.helpline.config.Configuration;
import org.helpline.router.AgentSettings;
import org.helpline.router.ContactId;
import org.helpline.router.DomainSettings;
import org.helpline.router.Input;
import org.helpline.router.Language;
import org.helpline.router.RoutingState;
import org.helpline.store.DomainStore;
import org.helpline.store.Journal;
import org.helpline.store.Lease;
import org.helpline.telephony.simulated.DeviceBehaviour;
import org.helpline.telephony.simulated.Schedule;
import org.helpline.telephony.simulated.SimulatedCaller;
import org.helpline.telephony.simulated.SimulatedCarrier;
import org.helpline.telephony.simulated.SimulatedSettings;

/// A routing domain in a store, owned as Helpline owns it, on a simulated carrier whose devices answer at once and
/// whose prompts are short. Its owner can be killed and followed by another.
///
/// Threading: one thread that may wait.
final class StoredDomain implements AutoCloseable {
    static final String NAME = "bench";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration AUDIT_EVERY = Duration.ofSeconds(30);
    private static final int MOST_WAITING = 100_000;
    private static final int IN_MENUS = 200;
    private static final long BEHIND = 2 * SnapshotKeeper.Limits.DEFAULT.entries();
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofMinutes(2);
    private static final long AWAIT_MINUTES = 15;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = ((VertxInternal) vertx).createEventLoopContext();
    private final VertxScheduler scheduler = new VertxScheduler(vertx, context, Clock.systemUTC());
    private final AtomicLong contacts = new AtomicLong();
    private final Set<SimulatedCaller> present = People.nobody();
    private final Place place;
    private final Configuration shipped;
    private final List<AgentSettings> agents;
    private final SimulatedCarrier carrier;
    private Life life;

    /// One owner's time with the domain.
    private record Life(
            DomainStore store, Lease lease, Journal journal, DomainOwner owner, SnapshotKeeper keeper, People people) {}

    /// How long an owner took until it routed.
    ///
    /// @param entries of the journal that were read, behind the snapshot
    /// @param read store opened, snapshot and journal read
    /// @param reconciled what the carrier holds is compared as well
    /// @param routed an agent who came back has been offered somebody
    record Start(long entries, Duration read, Duration reconciled, Duration routed) {}

    StoredDomain(Configuration shipped, Place place, int agents) {
        this.shipped = shipped;
        this.place = place;
        this.agents = IntStream.rangeClosed(1, agents)
                .mapToObj(n -> ShippedLine.agent(n, shipped, new Language("en"), new Language("es")))
                .toList();
        this.carrier = new SimulatedCarrier(
                SimulatedSettings.standard()
                        .withPromptLength(Duration.ofMillis(20))
                        .withDevice(new DeviceBehaviour.Answers(Duration.ZERO)),
                Schedule.on(vertx),
                new Random(1));
    }

    // ---- owners

    /// The domain's first owner; all agents sign in.
    void begin() {
        own();
        onOwner(people -> people.signIn());
    }

    /// Another owner after a killed one.
    Start goOn() {
        long begun = System.nanoTime();
        Owned owned = own();
        long reconciled = System.nanoTime();
        Promise<Void> offered = Promise.promise();
        onOwner(people -> people.oneComes(offered::tryComplete));
        await(offered.future());
        return new Start(
                owned.entries(),
                Duration.ofNanos(owned.read() - begun),
                Duration.ofNanos(reconciled - begun),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    /// @param entries of the journal that were read, behind the snapshot
    /// @param read when the state was there, by [System#nanoTime]
    private record Owned(long entries, long read) {}

    private Owned own() {
        DomainStore store = place.store(vertx);
        Lease lease = store.lease();
        long epoch = await(OwnerContext.ask(context, () -> lease.take(PATIENCE)));
        DomainStore.Opened opened = await(OwnerContext.ask(context, () -> store.open(epoch)));
        JsonEventCodec codec = new JsonEventCodec();
        JsonSnapshotCodec snapshots = new JsonSnapshotCodec();
        Recovered recovered =
                await(OwnerContext.ask(context, () -> new Recovery(opened, codec, snapshots, epoch).run(0)));
        if (!recovered.report().told().isEmpty()) {
            throw new IllegalStateException(
                    "the recovery says " + recovered.report().told());
        }
        long read = System.nanoTime();
        Journalling journalling = new Journalling(opened.journal(), scheduler, JournalSettings.DEFAULT);
        DomainOwner owner = new DomainOwner(
                NAME,
                new Switchboard(recovered.state(), ShippedLine.plan(shipped, agents)),
                journalling,
                codec,
                carrier,
                scheduler,
                () -> new ContactId("c-" + contacts.incrementAndGet()));
        journalling.freshStartBy(new FreshSnapshot(owner, opened.snapshots(), snapshots));
        SnapshotKeeper keeper = new SnapshotKeeper(
                new SnapshotKeeper.Store(opened.journal(), opened.snapshots(), snapshots, epoch),
                owner::copy,
                work -> context.runOnContext(_ -> work.run()),
                () -> Long.MAX_VALUE,
                SnapshotKeeper.Limits.DEFAULT);
        People people = new People(owner, carrier, agents, present);
        owner.addListener(keeper);
        owner.addListener(people);
        DomainSettings domain = new DomainSettings(
                NAME,
                ShippedLine.queues(shipped, MOST_WAITING),
                agents,
                shipped.domain().graces());
        await(OwnerContext.ask(context, () -> {
            owner.recover(recovered);
            return owner.submit(new Input.Configure(domain));
        }));
        await(OwnerContext.ask(context, () -> owner.open(AUDIT_EVERY)));
        keeper.start();
        life = new Life(store, lease, opened.journal(), owner, keeper, people);
        return new Owned(recovered.report().replayed(), read);
    }

    /// As `kill -9` does it: no last snapshot, and commands under way are lost. The lease is given back at once, which
    /// in Redis would end some seconds after its owner.
    void kill() {
        await(OwnerContext.ask(context, () -> {
            carrier.controllerDies();
            life.owner().stepDown("killed");
            return Future.succeededFuture();
        }));
        life.keeper().close(Duration.ZERO);
        await(OwnerContext.ask(context, () -> life.lease().release()));
        await(OwnerContext.ask(context, () -> life.store().close()));
    }

    // ---- load

    /// Everybody works, and so many callers are on the line all the time.
    void serve(int callers) {
        onOwner(people -> {
            people.becomeReady();
            people.keepOnTheLine(callers);
        });
    }

    /// Everybody works, and calls come evenly.
    ///
    /// @return ends it
    Runnable serveEvery(Duration between) {
        onOwner(people -> {
            people.keepOnTheLine(0);
            people.becomeReady();
        });
        Promise<Long> timer = Promise.promise();
        onOwner(people -> timer.complete(vertx.setPeriodic(between.toMillis(), _ -> people.oneCalls())));
        long id = await(timer.future());
        return () -> vertx.cancelTimer(id);
    }

    /// Returns when so many callers wait in line, and snapshots are as near behind as they are in a day's work: here
    /// thousands come in a second.
    void bringInLine(int callers) throws InterruptedException {
        Promise<Void> all = Promise.promise();
        onOwner(people -> people.bringInLine(callers, IN_MENUS, all));
        await(all.future());
        long until = System.nanoTime() + CAUGHT_UP_WITHIN.toNanos();
        while (size().lastSeq() - life.keeper().health().seq() > BEHIND) {
            if (System.nanoTime() > until) throw new IllegalStateException("snapshots do not catch up");
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private void onOwner(Consumer<People> work) {
        await(OwnerContext.ask(context, () -> {
            work.accept(life.people());
            return Future.succeededFuture();
        }));
    }

    // ---- figures

    /// Contacts in line, as the domain has them.
    int waiting() {
        return await(OwnerContext.ask(context, () -> {
            RoutingState state = life.owner().switchboard().state().routing();
            return Future.succeededFuture((int) state.contacts().stream()
                    .filter(contact -> state.position(contact.id()) > 0)
                    .count());
        }));
    }

    People people() {
        return life.people();
    }

    Journal.Size size() {
        return await(OwnerContext.ask(context, () -> life.journal().size()));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(AWAIT_MINUTES, TimeUnit.MINUTES);
        } catch (TimeoutException late) {
            throw new IllegalStateException("no answer within " + AWAIT_MINUTES + " minutes", late);
        }
    }

    @Override
    public void close() {
        kill();
        await(vertx.close());
    }
}
