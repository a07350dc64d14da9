package org.helpline.telephony;

import io.vertx.core.Future;
import java.util.function.Consumer;

/// The port to what watches a switch: whether its phones can be reached, how calls sound, what it holds. It
/// moves nothing; without it calls go on, and nobody is held to be unreachable. Every adapter passes the same
/// contract test.
///
/// Threading: all methods are called on one Vert.x context, and every report and every completed future comes
/// back on it. Nothing here blocks.
public interface SwitchWatch {

    /// Connects, and reconnects by itself until [#close]. The future completes at the first connection, which
    /// may never come: nothing should wait for it.
    ///
    /// At each connection the listener hears [SwitchReport.WatchConnected], then each phone whose state is
    /// known, then the census. What changed while there was no connection is in these.
    Future<Void> open(Consumer<SwitchReport> listener);

    /// Asks the switch to look at the phone of this endpoint now, instead of when its turn comes. What it finds
    /// is told as any change is.
    Future<Void> probe(String endpoint);

    /// The listener hears nothing more.
    Future<Void> close();
}
