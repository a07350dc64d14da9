package org.helpline.telephony.asterisk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.helpline.telephony.sip.SipCall;
import org.helpline.telephony.sip.SipPeer;

/// A telephone company: whatever number is called through it answers with a tone, but for one that is never there.
public final class AsteriskTrunk implements AutoCloseable {
    public static final double HZ = 2300;

    /// A number whose calls are refused.
    public static final String NOBODY = "18005550999";

    private final SipPeer peer = new SipPeer("127.0.1.9", 0, AsteriskTrunk::takes);

    private static void takes(SipCall call) {
        if (call.invite().startLine().contains(NOBODY)) {
            call.refuse(404, "Not Found");
            return;
        }
        call.media().tone(HZ);
        call.ring();
        call.answer();
    }

    /// Makes it the trunk of an Asterisk that is started with this folder as its site's.
    public void configure(Path site) throws IOException {
        Files.writeString(
                site.resolve("extensions_site.conf"),
                "[globals](+)\nHELPLINE_TRUNK_BEFORE=PJSIP/carrier/sip:\nHELPLINE_TRUNK_AFTER=@" + peer.address()
                        + "\n");
    }

    public List<SipCall> calls() {
        return peer.received();
    }

    public Optional<SipCall> latest() {
        List<SipCall> calls = peer.received();
        return calls.isEmpty() ? Optional.empty() : Optional.of(calls.getLast());
    }

    @Override
    public void close() {
        peer.close();
    }
}
