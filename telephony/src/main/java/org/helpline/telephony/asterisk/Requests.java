package org.helpline.telephony.asterisk;

import io.vertx.core.Future;
import java.util.List;

/// The way to Asterisk, as the translators see it.
@FunctionalInterface
interface Requests {

    /// Sends them one behind the other; the futures stand in the same order.
    List<Future<AriResponse>> send(List<AriRequest> batch);

    default Future<AriResponse> send(AriRequest request) {
        return send(List.of(request)).getFirst();
    }
}
