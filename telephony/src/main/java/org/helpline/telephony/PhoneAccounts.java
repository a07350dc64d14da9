package org.helpline.telephony;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Consumer;

/// Accounts with which browsers become phones at the carrier. An account can be called and starts nothing by itself.
/// Every adapter passes the same contract test.
///
/// Threading: all methods are called on one Vert.x context, and every event and every completed future comes back on
/// it. Futures fail with [CallControlException].
public interface PhoneAccounts {

    /// Told of each account that can be called, and of each that cannot any more. To be set before the carrier is
    /// opened.
    void listen(Consumer<PhoneEvent> listener);

    /// Makes an account, with a name and a password that nobody can guess. It lives until [#remove]; a carrier that
    /// was restarted gets it again.
    ///
    /// @param owner whose phone it is; part of the name
    /// @param keep name of an account that this owner had: it is given back as it is, or, when it is not known any
    ///     more, made again with a new password
    Future<PhoneAccount> make(String owner, Optional<String> keep);

    /// Takes the account away; calls in progress go on. One that is gone already is a success. While the carrier is not
    /// connected it is taken away at the next connection.
    Future<Void> remove(String endpoint);

    /// What becomes of accounts.
    sealed interface PhoneEvent {
        String endpoint();

        /// A browser has registered; the account can be called.
        record Registered(String endpoint) implements PhoneEvent {}

        /// Nobody can be called there any more.
        record Gone(String endpoint) implements PhoneEvent {}
    }
}
