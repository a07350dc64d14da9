package org.helpline.gateway;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/// How the domain is emptied before a stop. Callable from any context; futures complete on the caller's.
public interface DrainPort {

    /// Takes no new calls from now on.
    ///
    /// @param thenStop the server stops when nothing is left; false leaves what an earlier one said
    Future<Progress> start(boolean thenStop);

    /// Takes new calls again, and does not stop.
    Future<Progress> cancel();

    Future<Progress> progress();

    /// What is left.
    ///
    /// @param since when new calls were taken last; empty while they are taken
    /// @param inFlow callers in menus and announcements
    /// @param waiting contacts that wait for an agent, those being offered or connected included
    /// @param talking contacts in agents' hands
    /// @param wrapUps agents who wrap up
    /// @param stops the server stops when nothing is left
    record Progress(Optional<Instant> since, int inFlow, int waiting, int talking, int wrapUps, boolean stops) {
        /// Whether the domain drains and nothing is left.
        public boolean done() {
            return since.isPresent() && inFlow + waiting + talking + wrapUps == 0;
        }
    }
}
