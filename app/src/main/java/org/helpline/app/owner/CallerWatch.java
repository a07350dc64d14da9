package org.helpline.app.owner;

import java.time.Duration;

/// Hears how callers' memory fares. On the owner's context.
public interface CallerWatch {
    CallerWatch NONE = new CallerWatch() {
        @Override
        public void asked(Answer how, Duration took) {}

        @Override
        public void remembered(boolean kept) {}
    };

    /// A new call was asked about.
    void asked(Answer how, Duration took);

    /// A contact that is over was given to it.
    void remembered(boolean kept);

    enum Answer {
        KNOWN,
        /// The call did not wait any longer.
        LATE,
        FAILED,
        /// Too many calls wait for an answer; this one was not asked about.
        CROWDED
    }
}
