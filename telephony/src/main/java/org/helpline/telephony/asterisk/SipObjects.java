package org.helpline.telephony.asterisk;

import io.vertx.core.Future;
import java.util.List;

/// SIP objects that Asterisk holds for us in its memory. It forgets them when it ends: they are made again at
/// each connection, before [org.helpline.telephony.CallEvent.CarrierConnected] is told.
///
/// Threading: as of the carrier they belong to.
public interface SipObjects {

    /// Makes these or puts them in the place of those of the same type and id. An object comes after those it
    /// names: an endpoint after its aor and auth.
    ///
    /// Without a connection they are made at the next one, and the future completes at once. Fails with
    /// [org.helpline.telephony.CallControlException] when Asterisk refuses one, which then is not kept.
    Future<Void> define(List<SipObject> objects);

    /// Takes away what goes by this id, endpoint first. What is not there (any more) is a success.
    Future<Void> remove(String id);
}
