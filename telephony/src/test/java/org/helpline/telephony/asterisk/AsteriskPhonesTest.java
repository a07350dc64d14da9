package org.helpline.telephony.asterisk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.PhoneAccount;
import org.helpline.telephony.PhoneAccounts;
import org.helpline.telephony.PhoneAccounts.PhoneEvent;
import org.helpline.telephony.PhoneAccountsContract;
import org.helpline.telephony.sip.WebSocketPhone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("system")
class AsteriskPhonesTest extends PhoneAccountsContract {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static Vertx vertx;
    private static AsteriskInstance asterisk;

    private final Context context = vertx.getOrCreateContext();
    private final List<CallEvent> calls = new CopyOnWriteArrayList<>();
    private CuttableProxy proxy;
    private AsteriskCarrier carrier;

    @BeforeAll
    static void startAsterisk(@TempDir Path folder) {
        vertx = Vertx.vertx();
        asterisk = AsteriskInstance.start(folder);
    }

    @AfterAll
    static void stopAsterisk() {
        if (asterisk != null) asterisk.close();
        vertx.close().await();
    }

    @Override
    protected void open() {
        proxy = new CuttableProxy(asterisk.settings().port());
        carrier = carrier("helpline");
        run(() -> carrier.open(calls::add));
    }

    @AfterEach
    void disconnect() {
        run(carrier::close);
        proxy.close();
    }

    private AsteriskCarrier carrier(String application) {
        return carrier(application, Duration.ofMinutes(5));
    }

    private AsteriskCarrier carrier(String application, Duration unclaimedPhones) {
        AsteriskSettings real = asterisk.settings();
        AsteriskSettings settings = AsteriskSettings.of(
                        URI.create("http://127.0.0.1:" + proxy.port()), real.user(), real.password())
                .withApplication(application)
                .withUnclaimedPhones(unclaimedPhones);
        return new AsteriskCarrier(vertx, settings, AsteriskWorld::sound, new Random(1));
    }

    @Override
    protected PhoneAccounts accounts() {
        return carrier.phones();
    }

    @Override
    protected <T> T run(Supplier<Future<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        context.runOnContext(go -> work.get().onComplete(result::complete, result::completeExceptionally));
        return result.orTimeout(15, TimeUnit.SECONDS).join();
    }

    @Override
    protected Optional<Runnable> register(String user, String password) {
        URI server = URI.create("ws://127.0.0.1:" + asterisk.settings().port() + "/ws");
        return WebSocketPhone.register(vertx, server, user, password);
    }

    @Test
    void endpointsAreLikeTheirPatternAndStartNothing() {
        PhoneAccount account = make();
        String endpoint = asterisk.cli("pjsip show endpoint " + account.endpoint());
        for (String wanted : List.of(
                "context *: no-calls",
                "allow *: \\(opus\\|ulaw\\|h264\\|vp8\\)",
                "ice_support *: true",
                "media_encryption *: dtls",
                "rewrite_contact *: true",
                "rtp_timeout *: 15")) {
            assertTrue(
                    endpoint.lines().anyMatch(line -> line.strip().matches(wanted)), () -> wanted + " in " + endpoint);
        }
    }

    @Test
    void registrationOutlivesALossOfOurConnection() {
        PhoneAccount account = make();
        List<PhoneEvent> events = new CopyOnWriteArrayList<>();
        run(() -> {
            accounts().listen(events::add);
            return Future.succeededFuture();
        });
        Runnable browser = register(account.user(), account.password()).orElseThrow();
        await().atMost(SOON).until(() -> !events.isEmpty());
        proxy.cut();
        proxy.restore();
        await().atMost(SOON).until(() -> connections() == 2);
        browser.run();
        await().atMost(SOON)
                .untilAsserted(() -> assertEquals(
                        List.of(new PhoneEvent.Registered(account.endpoint()), new PhoneEvent.Gone(account.endpoint())),
                        events));
    }

    @Test
    void pageComesBackToItsAccountOfAnEarlierRun() {
        PhoneAccount account = make();
        Runnable before = register(account.user(), account.password()).orElseThrow();
        run(carrier::close);
        before.run();

        carrier = carrier("helpline");
        List<PhoneEvent> events = new CopyOnWriteArrayList<>();
        run(() -> {
            accounts().listen(events::add);
            return carrier.open(calls::add);
        });
        assertEquals(account, run(() -> accounts().make("agent1", Optional.of(account.endpoint()))));
        Runnable again = register(account.user(), account.password()).orElseThrow();
        await().atMost(SOON)
                .untilAsserted(() -> assertEquals(List.of(new PhoneEvent.Registered(account.endpoint())), events));
        again.run();
    }

    @Test
    void accountIsAskedForBeforeItIsFound() {
        PhoneAccount account = make();
        run(carrier::close);
        carrier = carrier("helpline");
        assertEquals(
                account,
                run(() -> Future.all(
                                accounts().make("agent1", Optional.of(account.endpoint())), carrier.open(calls::add))
                        .map(both -> both.<PhoneAccount>resultAt(0))));
    }

    @Test
    void leftoversOfAnEarlierRunThatNobodyClaimsAreDeletedAndOthersAreNot() {
        PhoneAccount account = make();
        AsteriskCarrier neighbour = carrier("neighbour");
        run(() -> neighbour.open(call -> {}));
        PhoneAccount neighbours = run(() -> neighbour.phones().make("agent1", Optional.empty()));
        assertTrue(exists(account));
        run(neighbour::close);
        run(carrier::close);

        carrier = carrier("helpline", Duration.ofMillis(300));
        run(() -> carrier.open(calls::add));

        await().atMost(SOON).until(() -> !exists(account));
        assertTrue(exists(neighbours));
    }

    @Test
    void passwordsAreNotInAsterisksFiles() throws Exception {
        PhoneAccount account = make();
        Process grep = new ProcessBuilder(
                        "grep", "-rlF", account.password(), asterisk.folder().toString())
                .redirectErrorStream(true)
                .start();
        assertEquals("", new String(grep.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        assertFalse(carrier.phones().toString().contains(account.password()));
    }

    private PhoneAccount make() {
        return run(() -> accounts().make("agent1", Optional.empty()));
    }

    private long connections() {
        return calls.stream()
                .filter(CallEvent.CarrierConnected.class::isInstance)
                .count();
    }

    private static boolean exists(PhoneAccount account) {
        return !asterisk.cli("pjsip show endpoint " + account.endpoint()).contains("Unable to find");
    }
}
