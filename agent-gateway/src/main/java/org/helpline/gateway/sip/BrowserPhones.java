package org.helpline.gateway.sip;

import io.vertx.core.Future;
import java.net.URI;
import java.util.Optional;

/// What the gateway needs of the carrier so that browsers can be phones. Callable from any context; futures complete on
/// the caller's.
public interface BrowserPhones {

    /// The carrier's own SIP WebSocket, `ws` or `wss`.
    URI server();

    /// An account for this user's page.
    ///
    /// @param keep endpoint of the account that the page had before
    Future<Account> make(String user, Optional<String> keep);

    /// The account is not to be used any more.
    Future<Void> remove(String endpoint);

    /// @param endpoint its name at the carrier
    /// @param user to register as
    record Account(String endpoint, String user, String password, String domain) {
        @Override
        public String toString() {
            return "Account[" + endpoint + ", password=[REDACTED]]";
        }
    }
}
