package org.helpline.app.run;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.helpline.app.codec.JsonSnapshotCodec;
import org.helpline.app.observe.Instruments;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.owner.EventCodec;
import org.helpline.app.owner.FreshSnapshot;
import org.helpline.app.owner.JournalHealth;
import org.helpline.app.owner.JournalSettings;
import org.helpline.app.owner.Journalling;
import org.helpline.app.owner.OwnerContext;
import org.helpline.app.owner.Recovered;
import org.helpline.app.owner.Recovery;
import org.helpline.app.owner.Scheduler;
import org.helpline.app.owner.SnapshotCodec;
import org.helpline.app.owner.SnapshotKeeper;
import org.helpline.config.Configuration;
import org.helpline.config.JournalBounds;
import org.helpline.gateway.Notice;
import org.helpline.store.DomainStore;
import org.helpline.store.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The routing domain in the hands of this process: the right to it, its journal, its snapshots.
///
/// Threading: made and closed on a thread that may wait; the store is asked on the owner's context.
final class OwnedDomain {
    private static final Logger log = LoggerFactory.getLogger(OwnedDomain.class);

    /// Longer than the life of a lease whose owner was killed.
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private static final Duration STORE_WITHIN = Duration.ofSeconds(60);
    private static final Duration RECOVER_WITHIN = Duration.ofMinutes(10);
    private static final Duration CURSOR_WITHIN = Duration.ofSeconds(8);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Context ownerContext;
    private final DomainStore store;
    private final Lease lease;
    private final long epoch;
    private final DomainStore.Opened opened;
    private final Journalling journalling;
    private final SnapshotCodec snapshots = new JsonSnapshotCodec();
    private Optional<SnapshotKeeper> keeper = Optional.empty();

    private OwnedDomain(
            Vertx vertx,
            Context ownerContext,
            DomainStore store,
            Lease lease,
            long epoch,
            DomainStore.Opened opened,
            Journalling journalling) {
        this.vertx = vertx;
        this.ownerContext = ownerContext;
        this.store = store;
        this.lease = lease;
        this.epoch = epoch;
        this.opened = opened;
        this.journalling = journalling;
    }

    /// Takes the domain over. Nothing has been sent to the carrier before this.
    static OwnedDomain take(
            Vertx vertx,
            Configuration configuration,
            Context ownerContext,
            Scheduler scheduler,
            Instruments instruments)
            throws StartFailure {
        DomainStore store = Stores.of(vertx, configuration);
        Lease lease = store.lease();
        try {
            long epoch = Waits.await(
                    OwnerContext.ask(ownerContext, () -> lease.take(PATIENCE)), "take over the domain", STORE_WITHIN);
            DomainStore.Opened opened = Waits.await(
                    OwnerContext.ask(ownerContext, () -> store.open(epoch)), "open the journal", STORE_WITHIN);
            Journalling journalling = new Journalling(
                    instruments.watched(opened.journal()), scheduler, settings(configuration.journal()));
            instruments.watch(journalling);
            return new OwnedDomain(vertx, ownerContext, store, lease, epoch, opened, journalling);
        } catch (StartFailure failure) {
            Waits.settle(OwnerContext.ask(ownerContext, store::close), "the store");
            throw failure;
        }
    }

    private static JournalSettings settings(JournalBounds bounds) {
        return JournalSettings.DEFAULT
                .withTimes(bounds.patience(), bounds.silence())
                .withBacklog(bounds.backlogEntries(), (long) bounds.backlogMib() << 20);
    }

    Journalling journalling() {
        return journalling;
    }

    /// What people at wallboards should know.
    ///
    /// @param draining since when no new calls are taken
    List<Notice> notices(Optional<Instant> draining) {
        List<Notice> notices = new ArrayList<>();
        JournalHealth health = journalling.health();
        switch (health.state()) {
            case HEALTHY, FENCED -> {}
            case SLOW -> notices.add(new Notice(Notice.Kind.JOURNAL_SLOW, health.since()));
            case AWAY -> notices.add(new Notice(Notice.Kind.JOURNAL_AWAY, health.since()));
        }
        draining.ifPresent(since -> notices.add(new Notice(Notice.Kind.DRAINING, since)));
        return notices;
    }

    String journalName() {
        return opened.journal().name();
    }

    /// The state that the owner before this one left.
    Recovered recover(EventCodec events, RunningRecords records) throws StartFailure {
        long known = recorded(records);
        Recovered recovered = Waits.await(
                OwnerContext.ask(ownerContext, () -> new Recovery(opened, events, snapshots, epoch).run(known)),
                "recover the domain",
                RECOVER_WITHIN);
        recovered.report().told().forEach(line -> log.warn("recovery: {}", line));
        if (!recovered.isNew()) log.info("recovered: {}", recovered.report().line());
        return recovered;
    }

    private long recorded(RunningRecords records) {
        try {
            return records.knownSeq(journalName(), CURSOR_WITHIN)
                    .get(CURSOR_WITHIN.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("recovery goes without the contact records, which cannot be read: {}", e.getMessage());
        }
        return 0;
    }

    /// From now on this owner decides; snapshots are made for it, and it hears when another one takes over.
    ///
    /// @param neededByRecords the first entry that contact records still need
    void serve(DomainOwner owner, LongSupplier neededByRecords, Instruments instruments) {
        journalling.freshStartBy(new FreshSnapshot(owner, opened.snapshots(), snapshots, this::elsewhere));
        lease.whenLost(why -> ownerContext.runOnContext(_ -> owner.stepDown(why)));
        SnapshotKeeper made = new SnapshotKeeper(
                new SnapshotKeeper.Store(opened.journal(), opened.snapshots(), snapshots, epoch),
                owner::copy,
                work -> ownerContext.runOnContext(_ -> work.run()),
                neededByRecords,
                SnapshotKeeper.Limits.DEFAULT);
        owner.addListener(made);
        instruments.watch(made);
        keeper = Optional.of(made);
    }

    void startSnapshots() {
        keeper.ifPresent(SnapshotKeeper::start);
    }

    private Future<Buffer> elsewhere(Supplier<Buffer> encoding) {
        return vertx.executeBlocking(encoding::get, false);
    }

    /// Gives the domain up in good order: a last snapshot, and the right to it.
    void close() {
        keeper.ifPresent(one -> one.close(STOP_WITHIN));
        Waits.settle(OwnerContext.ask(ownerContext, lease::release), "the lease");
        Waits.settle(OwnerContext.ask(ownerContext, store::close), "the store");
    }
}
