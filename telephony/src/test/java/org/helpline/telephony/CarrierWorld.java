package org.helpline.telephony;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A carrier under test, with people at its far ends. The contract test speaks only to this.
public interface CarrierWorld extends AutoCloseable {

    CallControl control();

    /// Everything heard so far.
    List<CallEvent> events();

    /// Runs a request as its owner would and waits for its end.
    <T> T done(Supplier<Future<T>> request);

    /// Waits a bounded time until the condition holds; fails with `what` otherwise.
    void until(String what, BooleanSupplier condition);

    /// Lets whatever is under way arrive.
    void settle();

    TestCaller call(String called, Optional<String> number);

    TestDevice device(Answering how);

    void loseConnection();

    void regainConnection();

    /// Another client connects under our name.
    void replace();

    @Override
    void close();

    /// Whether somebody has called this number at the far end of the carrier's trunk, and hears the caller there.
    boolean calledOutside(String number, TestCaller caller);

    /// Somebody with an ear and a voice of their own.
    interface TestParty {
        /// Whether the other's voice is heard at this moment, alone or among others.
        boolean hears(TestParty other);
    }

    interface TestCaller extends TestParty {
        void press(char key);

        void hangUp();

        boolean answered();

        boolean over();

        /// Each hears the other's voice.
        boolean talksWith(TestDevice device);

        boolean hearsMusic();
    }

    interface TestDevice extends TestParty {
        String destination();

        void hangUp();

        /// Calls that came in so far.
        int calls();

        /// Value of `X-Helpline-Contact` of the latest call.
        Optional<String> contactSeen();

        boolean ringing();
    }

    enum Answering {
        ANSWERS,
        ANSWERS_SLOWLY,
        RINGS_ON,
        BUSY,
        REJECTS,
        ABSENT
    }
}
