package org.helpline.app.owner;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.helpline.store.Snapshots;

/// Saves the state as it is now: what a journal that has lost its entries starts anew behind.
///
/// Threading: on the owner's context.
public final class FreshSnapshot implements Supplier<Future<Long>> {
    private final DomainOwner owner;
    private final Snapshots snapshots;
    private final SnapshotCodec codec;
    private final Function<Supplier<Buffer>, Future<Buffer>> elsewhere;

    /// Does everything within the call, as far as the store does.
    public FreshSnapshot(DomainOwner owner, Snapshots snapshots, SnapshotCodec codec) {
        this(owner, snapshots, codec, encoding -> Future.succeededFuture(encoding.get()));
    }

    /// @param elsewhere runs what takes time away from the owner's context, and answers on it
    public FreshSnapshot(
            DomainOwner owner,
            Snapshots snapshots,
            SnapshotCodec codec,
            Function<Supplier<Buffer>, Future<Buffer>> elsewhere) {
        this.owner = owner;
        this.snapshots = snapshots;
        this.codec = codec;
        this.elsewhere = elsewhere;
    }

    /// @return the last entry in it
    @Override
    public Future<Long> get() {
        StateCopy copy = owner.copy();
        return elsewhere
                .apply(() -> codec.encode(copy.state()))
                .compose(body -> snapshots.save(
                        new Snapshots.Snapshot(copy.seq(), owner.epoch(), copy.at(), codec.version(), body)))
                .map(copy.seq());
    }
}
