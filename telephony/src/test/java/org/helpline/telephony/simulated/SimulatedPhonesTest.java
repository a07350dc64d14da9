package org.helpline.telephony.simulated;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;
import org.helpline.telephony.PhoneAccounts;
import org.helpline.telephony.PhoneAccountsContract;

class SimulatedPhonesTest extends PhoneAccountsContract {
    private final SimulatedPhones phones = new SimulatedPhones();

    @Override
    protected PhoneAccounts accounts() {
        return phones;
    }

    @Override
    protected <T> T run(Supplier<Future<T>> work) {
        return work.get().result();
    }

    @Override
    protected Optional<Runnable> register(String user, String password) {
        return phones.register(user, password) ? Optional.of(() -> phones.unregister(user)) : Optional.empty();
    }
}
