package org.helpline.telephony;

import java.util.List;
import java.util.function.BooleanSupplier;

/// A watched switch under test, with phones around it. The contract test speaks only to this.
public interface SwitchWatchWorld extends AutoCloseable {

    SwitchWatch watch();

    /// Everything told so far.
    List<SwitchReport> reports();

    /// Opens the watch and waits for its first connection.
    void open();

    /// Waits a bounded time until the condition holds; fails with `what` otherwise.
    void until(String what, BooleanSupplier condition);

    /// Lets whatever is under way arrive.
    void settle();

    /// A phone that answers, known to the switch by a name of its own.
    TestPhone phone();

    /// A call with sound, in progress.
    TestCall call();

    void loseConnection();

    void regainConnection();

    void closeWatch();

    @Override
    void close();

    interface TestPhone {
        String endpoint();

        /// Its power is cut.
        void falls();

        /// It has power again.
        void rises();
    }

    interface TestCall {
        String leg();

        void end();
    }
}
