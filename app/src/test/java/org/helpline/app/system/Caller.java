package org.helpline.app.system;

import static org.helpline.app.system.Patience.until;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.helpline.telephony.sip.RtpPeer;
import org.helpline.telephony.sip.SipCall;
import org.helpline.telephony.sip.SipPeer;

/// A caller behind a carrier, with a voice of its own.
final class Caller implements AutoCloseable {
    static final double HZ = 700;

    private final SipPeer telephone;
    private final SipCall call;

    Caller(InetSocketAddress asterisk, String called, String number) {
        telephone = SipPeer.caller("127.0.1.1");
        call = telephone.call(asterisk, called, Optional.of(number));
        call.media().tone(HZ);
    }

    SipCall call() {
        return call;
    }

    RtpPeer media() {
        return call.media();
    }

    /// Waits until the menu speaks.
    Caller hearsMenu() {
        until("the caller is answered", call::up);
        until("the caller hears a prompt", () -> media().hearsAnythingWithin(Duration.ofMillis(500)));
        return this;
    }

    /// Presses keys by RFC 4733, one after the other.
    Caller chooses(String keys) {
        hearsMenu();
        keys.chars().forEach(key -> media().press((char) key));
        return this;
    }

    void hangUp() {
        call.hangUp();
    }

    @Override
    public void close() {
        call.hangUp();
        telephone.close();
    }
}
