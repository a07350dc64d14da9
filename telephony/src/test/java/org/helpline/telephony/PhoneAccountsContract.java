package org.helpline.telephony;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.helpline.telephony.PhoneAccounts.PhoneEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every adapter of [PhoneAccounts] keeps to.
public abstract class PhoneAccountsContract {
    private static final Duration SOON = Duration.ofSeconds(15);

    private final List<PhoneEvent> events = new CopyOnWriteArrayList<>();

    protected abstract PhoneAccounts accounts();

    /// Runs on the adapter's context and waits for the result.
    protected abstract <T> T run(Supplier<Future<T>> work);

    /// Registers as a browser would; the registration lasts until what is given back is run. Empty when it was
    /// refused.
    protected abstract Optional<Runnable> register(String user, String password);

    /// Gets the carrier ready, once for each test.
    protected void open() {}

    @BeforeEach
    void listen() {
        open();
        run(() -> {
            accounts().listen(events::add);
            return Future.succeededFuture();
        });
    }

    @Test
    void eachAccountHasANameAndAPasswordOfItsOwn() {
        PhoneAccount first = make("agent1");
        PhoneAccount second = make("agent1");
        assertTrue(first.endpoint().matches("web-agent1-[a-z0-9]{8}"), first.endpoint());
        assertNotEquals(first.endpoint(), second.endpoint());
        assertNotEquals(first.password(), second.password());
        assertTrue(first.password().length() >= 32);
        assertFalse(first.toString().contains(first.password()));
    }

    @Test
    void namesHoldNothingThatACarrierCouldMisread() {
        assertTrue(make("Zoë Ångström;transport=x")
                .endpoint()
                .matches("web-zo__ngstr_m_transport_x-[a-z0-9]{8}|web-[a-z0-9_.-]{1,32}-[a-z0-9]{8}"));
        assertTrue(PhoneAccount.isEndpoint(make("a".repeat(200)).endpoint()));
    }

    @Test
    void registrationIsToldAndSoIsItsEnd() {
        PhoneAccount account = make("agent1");
        Runnable browser = register(account.user(), account.password()).orElseThrow();
        await().atMost(SOON).until(() -> events.contains(new PhoneEvent.Registered(account.endpoint())));
        browser.run();
        await().atMost(SOON)
                .untilAsserted(() -> assertEquals(
                        List.of(new PhoneEvent.Registered(account.endpoint()), new PhoneEvent.Gone(account.endpoint())),
                        events));
    }

    @Test
    void wrongPasswordIsRefused() {
        PhoneAccount account = make("agent1");
        assertTrue(register(account.user(), "not " + account.password()).isEmpty());
        assertEquals(List.of(), events);
    }

    @Test
    void accountThatWasTakenAwayCannotRegister() {
        PhoneAccount account = make("agent1");
        Runnable browser = register(account.user(), account.password()).orElseThrow();
        await().atMost(SOON).until(() -> events.contains(new PhoneEvent.Registered(account.endpoint())));
        remove(account);
        await().atMost(SOON).until(() -> events.contains(new PhoneEvent.Gone(account.endpoint())));
        browser.run();
        assertTrue(register(account.user(), account.password()).isEmpty());
        remove(account);
    }

    @Test
    void keptAccountStaysAsItIs() {
        PhoneAccount account = make("agent1");
        assertEquals(account, run(() -> accounts().make("agent1", Optional.of(account.endpoint()))));
    }

    @Test
    void keptAccountOfAnEarlierRunIsMadeAgainWithANewPassword() {
        PhoneAccount account = make("agent1");
        remove(account);
        PhoneAccount again = run(() -> accounts().make("agent1", Optional.of(account.endpoint())));
        assertEquals(account.endpoint(), again.endpoint());
        assertNotEquals(account.password(), again.password());
    }

    @Test
    void nobodyKeepsTheAccountOfSomebodyElse() {
        PhoneAccount account = make("agent1");
        PhoneAccount other = run(() -> accounts().make("agent2", Optional.of(account.endpoint())));
        assertTrue(other.endpoint().startsWith("web-agent2-"));
    }

    private PhoneAccount make(String owner) {
        return run(() -> accounts().make(owner, Optional.empty()));
    }

    private void remove(PhoneAccount account) {
        run(() -> accounts().remove(account.endpoint()));
    }
}
