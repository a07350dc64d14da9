package org.helpline.store;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Consumer;

/// The right to own a routing domain: one owner at a time. Each owner has a higher epoch than all before it, and the
/// stores refuse what an earlier one still writes.
///
/// Threading: as [Journal].
public interface Lease {

    /// Takes the domain over as soon as nobody holds it, and keeps the lease until [#release]. Fails with [Held] when
    /// another owner still holds it after `patience`.
    ///
    /// @return the epoch of this owner
    Future<Long> take(Duration patience);

    /// Told once when another owner has taken the domain over: this one has to step down at once. A store that is
    /// merely away takes nobody's lease.
    void whenLost(Consumer<String> why);

    /// Gives the domain up, so that the next owner need not wait.
    Future<Void> release();

    /// Somebody else owns the domain.
    final class Held extends Exception {
        private static final long serialVersionUID = 1L;

        /// @param message who holds it, as far as that is known, for the operator
        public Held(String message) {
            super(message);
        }
    }
}
