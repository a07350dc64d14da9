package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;

import java.util.List;
import java.util.function.Consumer;
import org.helpline.telephony.sip.SipCall;
import org.helpline.telephony.sip.SipPeer;

/// An agent's desk phone, with a voice of its own.
final class DeskPhone implements AutoCloseable {
    /// Of the first agent; that of each further one is higher.
    static final double HZ = 1100;

    private static final double NEXT_HZ = 400;

    private final SipPeer telephone;
    private final double hz;

    private DeskPhone(int agent, int port, Consumer<SipCall> behaviour) {
        hz = HZ + NEXT_HZ * (agent - 1);
        telephone = new SipPeer("127.0.2." + agent, port, call -> {
            call.media().tone(hz);
            behaviour.accept(call);
        });
    }

    static DeskPhone answering(int agent, int port) {
        return new DeskPhone(agent, port, call -> {
            call.ring();
            call.answer();
        });
    }

    static DeskPhone ringing(int agent, int port) {
        return new DeskPhone(agent, port, SipCall::ring);
    }

    static DeskPhone busy(int agent, int port) {
        return new DeskPhone(agent, port, call -> call.refuse(486, "Busy Here"));
    }

    List<SipCall> calls() {
        return telephone.received();
    }

    /// The latest call, as soon as there are this many.
    SipCall call(int number) {
        until("call " + number + " at the desk phone", () -> calls().size() >= number);
        return calls().get(number - 1);
    }

    /// Both hear each other.
    void talksWith(Caller caller) {
        until("the agent hears the caller", () -> hears(Caller.HZ));
        until("the caller hears the agent", () -> caller.media().hears(hz));
    }

    double hz() {
        return hz;
    }

    boolean hears(double hz) {
        return !calls().isEmpty() && calls().getLast().media().hears(hz);
    }

    boolean hearsAmongOthers(double voice) {
        return !calls().isEmpty() && calls().getLast().media().hearsAmongOthers(voice);
    }

    void hangUp() {
        calls().forEach(SipCall::hangUp);
    }

    /// Its power is cut: not a word to anybody.
    void vanish() {
        telephone.close();
    }

    @Override
    public void close() {
        hangUp();
        telephone.close();
    }
}
