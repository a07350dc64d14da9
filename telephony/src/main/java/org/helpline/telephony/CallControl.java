package org.helpline.telephony;

import io.vertx.core.Future;
import java.util.Set;
import java.util.function.Consumer;

/// The port to a carrier: moves calls, reports what happens to them. Every adapter passes the same contract
/// test.
///
/// Threading: all methods are called on one Vert.x context, and every event and every completed future comes
/// back on it. Commands for the same leg are carried out in the order given. Nothing here blocks.
public interface CallControl {

    /// What this carrier can do; what it cannot is refused by [#perform] with
    /// [CallControlException.Kind#UNSUPPORTED].
    Set<Capability> capabilities();

    /// Connects, and reconnects by itself with back-off until [#close]. The future completes at the first
    /// connection; the listener hears [CallEvent.CarrierConnected] at each one.
    Future<Void> open(Consumer<CallEvent> listener);

    /// Carries out one command; completes when the carrier has acknowledged it. Commands are idempotent by
    /// the ids they carry. Fails with [CallControlException].
    Future<Void> perform(CallCommand command);

    /// Every leg and bridge of ours that the carrier holds at this moment.
    Future<Census> census();

    Future<Void> close();

    enum Capability {
        VOICE,
        VIDEO,
        TEXT,
        EARLY_MEDIA,
        MUSIC,
        /// Listening to a leg, and whispering to it.
        SNOOP
    }
}
