package org.helpline.app.owner;

import java.time.Duration;
import java.time.Instant;

/// Time for the owner of a domain: Vert.x timers live, virtual time in simulation.
public interface Scheduler {
    Instant now();

    /// Runs the task on the owner's context; the answer cancels it.
    Runnable after(Duration delay, Runnable task);
}
