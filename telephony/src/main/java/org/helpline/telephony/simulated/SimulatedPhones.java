package org.helpline.telephony.simulated;

import io.vertx.core.Future;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.helpline.telephony.PhoneAccount;
import org.helpline.telephony.PhoneAccounts;

/// Accounts in memory, for tests: whoever knows the password can register.
public final class SimulatedPhones implements PhoneAccounts {
    private final Map<String, PhoneAccount> accounts = new LinkedHashMap<>();
    private final Set<String> registered = new HashSet<>();
    private Consumer<PhoneEvent> listener = event -> {};

    @Override
    public void listen(Consumer<PhoneEvent> told) {
        listener = told;
    }

    @Override
    public Future<PhoneAccount> make(String owner, Optional<String> keep) {
        String endpoint = keep.filter(name -> PhoneAccount.isEndpointOf(owner, name))
                .orElseGet(() -> PhoneAccount.newEndpoint(owner));
        return Future.succeededFuture(accounts.computeIfAbsent(
                endpoint,
                name -> new PhoneAccount(name, name, PhoneAccount.newPassword(), "127.0.0.1", "simulated/" + name)));
    }

    @Override
    public Future<Void> remove(String endpoint) {
        accounts.remove(endpoint);
        unregister(endpoint);
        return Future.succeededFuture();
    }

    /// What a browser does; false when it is refused.
    public boolean register(String user, String password) {
        PhoneAccount account = accounts.get(user);
        if (account == null || !account.password().equals(password)) {
            return false;
        }
        if (registered.add(user)) {
            listener.accept(new PhoneEvent.Registered(user));
        }
        return true;
    }

    public void unregister(String user) {
        if (registered.remove(user)) {
            listener.accept(new PhoneEvent.Gone(user));
        }
    }

    public Set<String> endpoints() {
        return Set.copyOf(accounts.keySet());
    }
}
