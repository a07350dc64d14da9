package org.helpline.telephony.asterisk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallCommand.PromptRef;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallControlException.Kind;
import org.helpline.telephony.CallEvent;
import org.helpline.telephony.CallEvent.EndCause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The adapter's own rules, against a server that answers, and fails to, as the test wants.
class AsteriskCarrierTest {
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private Context context;
    private FakeAri ari;
    private AsteriskCarrier carrier;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        context = vertx.getOrCreateContext();
        ari = new FakeAri(vertx);
        carrier = new AsteriskCarrier(vertx, ari.settings(), prompt -> prompt.key(), new Random(1));
    }

    @AfterEach
    void stop() {
        run(carrier::close);
        ari.close();
        vertx.close().await();
    }

    @Test
    void thePasswordGoesInAHeaderAndNowhereElse() {
        open();
        assertEquals(List.of("Basic c29tZW9uZTpvcGVuIHNlc2FtZQ=="), ari.authorizations());
        assertEquals(List.of("/ari/events?app=helpline&subscribeAll=false"), ari.uris());
        assertFalse(ari.settings().toString().contains("sesame"));
    }

    @Test
    void anUnansweredRequestTimesOutAndTheNextOneWorks() {
        open();
        arrive("a");
        ari.answers = request -> Optional.empty();
        assertEquals(Kind.TIMEOUT, refusal(new CallCommand.StartMusic("a")));
        ari.answers = request -> Optional.of(204);
        run(() -> carrier.perform(new CallCommand.StopMusic("a")));
    }

    @Test
    void aLegThatIsTheDialplansAlreadyIsHandedBack() {
        open();
        ari.answers = request -> Optional.of(409);
        run(() -> carrier.perform(new CallCommand.HandBack("a")));
    }

    @Test
    void musicThatSoundsIsNotStartedAnewAndOneThatFailedIs() {
        open();
        arrive("a");
        ari.answers = request -> Optional.of(500);
        refusal(new CallCommand.StartMusic("a"));
        ari.answers = request -> Optional.of(204);
        run(() -> carrier.perform(new CallCommand.StartMusic("a")));
        run(() -> carrier.perform(new CallCommand.StartMusic("a")));
        assertEquals(2, musicRequests());

        run(() -> carrier.perform(new CallCommand.StopMusic("a")));
        run(() -> carrier.perform(new CallCommand.StartMusic("a")));
        assertEquals(3, musicRequests());
    }

    private long musicRequests() {
        return ari.requests().stream()
                .filter(request -> request.getString("method").equals("POST"))
                .filter(request -> request.getString("uri").contains("/moh"))
                .count();
    }

    @Test
    void moreThanTheBoundIsRefusedAtOnce() {
        open();
        arrive("a");
        ari.answers = request -> Optional.empty();
        CompletableFuture<Kind> seventeenth = new CompletableFuture<>();
        context.runOnContext(go -> {
            for (int i = 0; i < 16; i++) {
                carrier.perform(new CallCommand.StartMusic("a"));
            }
            carrier.perform(new CallCommand.StartMusic("a"))
                    .onFailure(failure -> seventeenth.complete(((CallControlException) failure).kind()));
        });
        assertEquals(Kind.OVERLOADED, seventeenth.orTimeout(5, TimeUnit.SECONDS).join());
        // The opening's own two, and the bound.
        await().until(() -> ari.requests().size() == 18);
    }

    @Test
    void aLostConnectionFailsWhatIsUnansweredAndComesBack() {
        open();
        arrive("a");
        ari.answers = request -> {
            if (!request.getString("uri").contains("moh")) {
                return Optional.of(204);
            }
            ari.drop();
            return Optional.empty();
        };
        assertEquals(Kind.DISCONNECTED, refusal(new CallCommand.StartMusic("a")));
        await().until(() -> ari.connections() == 2 && count(CallEvent.CarrierConnected.class) == 2);
        assertEquals(new CallEvent.LegEnded("a", EndCause.CARRIER_LOST), events.get(events.size() - 2));
    }

    private static final String START = "2026-11-24T08:00:00.000+0000";

    @Test
    void aCallerWhoIsGoneFromTheSameAsteriskHasHungUpAndADeviceMayHaveBeenLost() {
        ari.startedAt = Optional.of(START);
        open();
        ringDevice("d");
        arrive("a");
        ari.drop();
        await().until(() -> count(CallEvent.CarrierConnected.class) == 2);
        assertEquals(
                List.of(
                        new CallEvent.LegEnded("a", EndCause.NORMAL),
                        new CallEvent.LegEnded("d", EndCause.CARRIER_LOST)),
                ends());
        CallEvent.CarrierConnected again = (CallEvent.CarrierConnected) events.getLast();
        assertEquals(
                Optional.of(Instant.parse("2026-11-24T08:00:00Z")),
                again.census().startedAt());
    }

    @Test
    void theCallsOfAnAsteriskThatWasStartedAnewAreLost() {
        ari.startedAt = Optional.of(START);
        open();
        arrive("a");
        ari.startedAt = Optional.of("2026-11-24T08:00:01.000+0000");
        ari.drop();
        await().until(() -> count(CallEvent.CarrierConnected.class) == 2);
        assertEquals(List.of(new CallEvent.LegEnded("a", EndCause.CARRIER_LOST)), ends());
    }

    @Test
    void whereNobodyListensAnyMoreAllCallsAreOverSoonAndCallersBeforeDevices() {
        open();
        ringDevice("d");
        for (int i = 0; i < 120; i++) arrive("a" + i);
        ari.die();
        await().until(() -> ends().size() == 121);
        assertEquals(1, count(CallEvent.CarrierConnected.class));
        assertEquals(new CallEvent.LegEnded("a0", EndCause.CARRIER_LOST), ends().getFirst());
        assertEquals(new CallEvent.LegEnded("d", EndCause.CARRIER_LOST), ends().getLast());
        ari.liveAgain();
        await().until(() -> count(CallEvent.CarrierConnected.class) == 2);
        arrive("b");
        assertEquals(121, ends().size());
    }

    /// As a network that is cut: whoever asks hears nothing, or a line that breaks.
    @Test
    void anAsteriskThatCannotBeReachedKeepsItsCalls() {
        open();
        arrive("a");
        ari.channels = new JsonArray().add(FakeAri.channel("a"));
        ari.eventsFlow = false;
        // Longer than a dead one would be given.
        await().until(() -> ari.connections() >= 3);
        assertEquals(List.of(), ends());
    }

    @Test
    void playsOfTheProcessBeforeAreToldAndNotBegunTwice() {
        ari.channels = new JsonArray()
                .add(FakeAri.channel("a").put("channelvars", new JsonObject().put("HELPLINE_CONTACT", "c-1")));
        open();
        ari.answers = request -> Optional.of(request.getString("uri").startsWith("playbacks/a.ended") ? 404 : 200);
        int before = ari.requests().size();
        run(() -> carrier.perform(new CallCommand.Play("a", "goes-on", List.of(new PromptRef("en", "x")))));
        run(() -> carrier.perform(new CallCommand.Play("a", "ended", List.of(new PromptRef("en", "x")))));
        run(() -> carrier.perform(new CallCommand.StopPlay("a", "unwanted")));
        assertEquals(
                List.of(
                        "GET playbacks/a.goes-on",
                        "GET playbacks/a.ended",
                        "POST channels/a/play?media=sound%3Ax&playbackId=a.ended",
                        "DELETE playbacks/a.unwanted"),
                ari.requests().stream()
                        .skip(before)
                        .map(request -> request.getString("method") + " " + request.getString("uri"))
                        .toList());
        for (String play : List.of("goes-on", "unheard-of", "unheard-of")) {
            ari.tell(new JsonObject()
                    .put("type", "PlaybackFinished")
                    .put("playback", new JsonObject().put("id", "a." + play).put("target_uri", "channel:a")));
        }
        await().until(() -> count(CallEvent.PlayFinished.class) == 2);
        arrive("b");
        assertEquals(
                List.of(
                        new CallEvent.PlayFinished("a", "goes-on", CallEvent.PlayOutcome.COMPLETED),
                        new CallEvent.PlayFinished("a", "unheard-of", CallEvent.PlayOutcome.COMPLETED)),
                events.stream().filter(CallEvent.PlayFinished.class::isInstance).toList());
    }

    /// Asterisk would answer neither at once, and would read nothing meanwhile.
    @Test
    void nothingThatWaitsForTheEndOfAPromptGoesOverTheWebSocket() {
        open();
        arrive("a");
        run(() -> carrier.perform(new CallCommand.Answer("a", "c-1")));
        run(() -> carrier.perform(new CallCommand.Play("a", "p", List.of(new PromptRef("en", "x")))));
        int before = ari.requests().size();
        run(() -> carrier.perform(new CallCommand.StartMusic("a")));
        assertEquals(List.of("POST channels/a/moh?mohClass=default"), since(before));
        ari.tell(new JsonObject()
                .put("type", "PlaybackFinished")
                .put("playback", new JsonObject().put("id", "a.p").put("target_uri", "channel:a")));
        await().until(() -> count(CallEvent.PlayFinished.class) == 1);
        await().until(() -> ari.requests().size() == before + 3);
        assertEquals(
                List.of(
                        "POST channels/a/moh?mohClass=default",
                        "POST channels/a/variable?variable=TIMEOUT%28absolute%29&value=900",
                        "POST channels/a/moh?mohClass=default"),
                since(before));
    }

    @Test
    void aCallerTakenOverIsJoinedWhenThePromptOfTheProcessBeforeIsOver() {
        ari.channels = new JsonArray()
                .add(FakeAri.channel("a").put("channelvars", new JsonObject().put("HELPLINE_CONTACT", "c-1")))
                .add(FakeAri.channel("b").put("channelvars", new JsonObject().put("HELPLINE_CONTACT", "c-2")));
        ari.promptsEnd = false;
        open();
        int before = ari.requests().size();
        CompletableFuture<Boolean> joined = new CompletableFuture<>();
        CompletableFuture<Boolean> tookAway = new CompletableFuture<>();
        context.runOnContext(go -> {
            carrier.perform(new CallCommand.Bridge("br", List.of("a")))
                    .onComplete(done -> joined.complete(done.succeeded()));
            carrier.perform(new CallCommand.Bridge("br-2", List.of("b")))
                    .onComplete(done -> tookAway.complete(done.succeeded()));
        });
        run(() -> carrier.perform(new CallCommand.Unbridge("br-2")));
        run(() -> carrier.perform(new CallCommand.StopMusic("a")));
        assertFalse(joined.isDone());
        ari.endPrompts();
        assertTrue(joined.orTimeout(5, TimeUnit.SECONDS).join());
        assertFalse(tookAway.orTimeout(5, TimeUnit.SECONDS).join());
        assertTrue(since(before).contains("POST bridges/br/addChannel?channel=a"));
        assertFalse(since(before).contains("POST bridges/br-2/addChannel?channel=b"));
    }

    private List<String> since(int before) {
        return ari.requests().stream()
                .skip(before)
                .map(request -> request.getString("method") + " " + request.getString("uri"))
                .toList();
    }

    private List<CallEvent> ends() {
        return events.stream().filter(CallEvent.LegEnded.class::isInstance).toList();
    }

    private void ringDevice(String leg) {
        run(() -> carrier.perform(new CallCommand.Originate(
                leg, "c-1", "PJSIP/agent", Optional.empty(), Optional.empty(), false, Duration.ofSeconds(10))));
    }

    @Test
    void aConnectionWithoutEventsIsGivenUpForANewOne() {
        ari.eventsFlow = false;
        open();
        await().until(() -> ari.connections() >= 2);
        assertTrue(events.contains(new CallEvent.CarrierLost("no event came back within PT0.5S")), events::toString);
        ari.eventsFlow = true;
        await().until(() -> events.getLast() instanceof CallEvent.CarrierConnected);
        arrive("a");
    }

    @Test
    void requestsOfOneCommandGoOutInOrderWithoutWaiting() {
        open();
        arrive("a");
        arrive("b");
        run(() -> carrier.perform(new CallCommand.Play("a", "p", List.of(new PromptRef("en", "x")))));
        int before = ari.requests().size();
        run(() -> carrier.perform(new CallCommand.Bridge("br", List.of("a", "b"))));
        List<String> sent = ari.requests().stream()
                .skip(before)
                .map(request -> request.getString("method") + " " + request.getString("uri"))
                .toList();
        assertEquals(
                List.of(
                        "DELETE channels/a/moh",
                        "DELETE playbacks/a.p",
                        "POST channels/a/variable?variable=TIMEOUT%28absolute%29&value=21600",
                        "DELETE channels/b/moh",
                        "POST channels/b/variable?variable=TIMEOUT%28absolute%29&value=21600",
                        "POST bridges/br?type=mixing&name=helpline",
                        "POST bridges/br/addChannel?channel=a%2Cb"),
                sent);
    }

    /// A prompt that follows at once would else be played into the bridge that is gone.
    @Test
    void legsLeaveABridgeBeforeItIsTakenAway() {
        open();
        arrive("a");
        arrive("b");
        run(() -> carrier.perform(new CallCommand.Bridge("br", List.of("a", "b"))));
        int before = ari.requests().size();
        run(() -> carrier.perform(new CallCommand.Unbridge("br")));
        run(() -> carrier.perform(new CallCommand.Unbridge("br")));
        List<String> sent = ari.requests().stream()
                .skip(before)
                .map(request -> request.getString("method") + " " + request.getString("uri"))
                .sorted()
                .toList();
        assertEquals(
                List.of(
                        "DELETE bridges/br",
                        "DELETE bridges/br",
                        "POST bridges/br/removeChannel?channel=a",
                        "POST bridges/br/removeChannel?channel=b",
                        "POST channels/a/variable?variable=TIMEOUT%28absolute%29&value=180",
                        "POST channels/b/variable?variable=TIMEOUT%28absolute%29&value=180"),
                sent);
        assertEquals("DELETE", ari.requests().get(before + 4).getString("method"));
    }

    /// Nobody else would report it, and both legs would hear nothing.
    @Test
    void aBridgeThatIsNotThereIsARefusal() {
        open();
        arrive("a");
        ari.answers = request -> Optional.of(request.getString("uri").contains("addChannel") ? 404 : 204);
        assertEquals(Kind.REFUSED, refusal(new CallCommand.Bridge("br", List.of("a"))));
    }

    @Test
    void aBridgeThatNobodyCouldJoinIsTakenAway() {
        open();
        arrive("a");
        ari.answers = request -> Optional.of(request.getString("uri").contains("addChannel") ? 409 : 204);
        assertEquals(Kind.REFUSED, refusal(new CallCommand.Bridge("br", List.of("a"))));
        await().until(() -> ari.requests().getLast().getString("uri").equals("bridges/br"));
        assertEquals("DELETE", ari.requests().getLast().getString("method"));
    }

    @Test
    void aCallerWhoseArrivalWasMissedIsHandedBackAndNotHungUpOn() {
        open();
        int before = ari.requests().size();
        run(() -> carrier.perform(new CallCommand.HandBack("missed")));
        List<String> sent = ari.requests().stream()
                .skip(before)
                .map(request -> request.getString("method") + " " + request.getString("uri"))
                .toList();
        assertEquals(
                "POST channels/missed/continue?context=helpline-retry&extension=s&priority=1",
                sent.getLast(),
                sent::toString);
        assertFalse(sent.contains("DELETE channels/missed"), sent::toString);
    }

    @Test
    void aDeviceThatWeRangIsHungUpAlsoWhenItsLegIsOverHere() {
        open();
        run(() -> carrier.perform(new CallCommand.Originate(
                "d", "c-1", "PJSIP/agent", Optional.empty(), Optional.empty(), false, Duration.ofSeconds(10))));
        ari.tell(new JsonObject().put("type", "ChannelDestroyed").put("channel", FakeAri.channel("d")));
        await().until(() -> count(CallEvent.LegEnded.class) == 1);
        run(() -> carrier.perform(new CallCommand.HandBack("d")));
        assertEquals("DELETE", ari.requests().getLast().getString("method"));
        assertEquals("channels/d", ari.requests().getLast().getString("uri"));
    }

    @Test
    void aCallThatArrivesWhileTheCensusIsReadIsToldOnceAndAfterTheConnection() {
        ari.channels = new JsonArray().add(FakeAri.channel("new")).add(FakeAri.channel("old"));
        ari.whenCensusIsRead = () -> ari.tell(FakeAri.arrival("new"));
        open();
        await().until(() -> count(CallEvent.CallArrived.class) == 1);
        CallEvent.CarrierConnected connected = assertInstanceOf(CallEvent.CarrierConnected.class, events.getFirst());
        assertEquals(
                List.of("old"),
                connected.census().legs().stream().map(leg -> leg.leg()).toList());
        assertEquals("new", ((CallEvent.CallArrived) events.getLast()).leg());
    }

    @Test
    void aLegThatAsteriskDoesNotKnowEndsEvenWithoutAnEvent() {
        open();
        arrive("a");
        ari.answers = request -> Optional.of(404);
        assertEquals(Kind.GONE, refusal(new CallCommand.StartMusic("a")));
        await().until(() -> events.contains(new CallEvent.LegEnded("a", EndCause.CARRIER_LOST)));
    }

    @Test
    void garbageFromTheServerDisturbsNothing() {
        open();
        ari.tellRaw("not json");
        ari.tellRaw("[1,2]");
        ari.tell(new JsonObject().put("type", "StasisStart"));
        ari.tell(new JsonObject().put("type", "SomethingNew").put("channel", new JsonObject()));
        ari.tell(new JsonObject().put("type", "ChannelDestroyed").put("channel", "a string"));
        arrive("a");
        assertEquals(1, count(CallEvent.CallArrived.class));
        assertEquals("a", ((CallEvent.CallArrived) events.getLast()).leg());
    }

    @Test
    void aNumberIsFilteredAndAWithheldOneIsEmpty() {
        open();
        JsonObject arrival = FakeAri.arrival("a");
        arrival.getJsonObject("channel").getJsonObject("caller").put("number", "+1 (212) 555\r\n0001");
        ari.tell(arrival);
        JsonObject withheld = FakeAri.arrival("b");
        withheld.getJsonObject("channel")
                .getJsonObject("channelvars")
                .put("CALLERID(num-pres)", "prohib_passed_screen");
        ari.tell(withheld);
        await().until(() -> count(CallEvent.CallArrived.class) == 2);
        List<Optional<String>> numbers = new ArrayList<>();
        for (CallEvent event : events) {
            if (event instanceof CallEvent.CallArrived call) {
                numbers.add(call.callerNumber());
            }
        }
        assertEquals(List.of(Optional.of("+12125550001"), Optional.empty()), numbers);
    }

    @Test
    void pausesBetweenAttemptsGrowWithinTheirBound() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(500), new Random(1));
        long[] longest = {100, 200, 400, 500, 500};
        for (long most : longest) {
            long pause = backoff.next().toMillis();
            assertTrue(pause >= most / 2 && pause <= most, () -> pause + " of at most " + most);
        }
        backoff.connected();
        assertTrue(backoff.next().toMillis() <= 100);
    }

    private void open() {
        run(() -> carrier.open(events::add));
    }

    private void arrive(String leg) {
        long before = count(CallEvent.CallArrived.class);
        ari.tell(FakeAri.arrival(leg));
        await().until(() -> count(CallEvent.CallArrived.class) == before + 1);
    }

    private long count(Class<? extends CallEvent> type) {
        return events.stream().filter(type::isInstance).count();
    }

    private Kind refusal(CallCommand command) {
        return ((CallControlException) outcome(() -> carrier.perform(command)).cause()).kind();
    }

    private <T> void run(Supplier<Future<T>> request) {
        Future<T> outcome = outcome(request);
        if (outcome.failed()) {
            throw new AssertionError(outcome.cause());
        }
    }

    private <T> Future<T> outcome(Supplier<Future<T>> request) {
        CompletableFuture<Future<T>> done = new CompletableFuture<>();
        context.runOnContext(go -> {
            Future<T> future = request.get();
            future.onComplete(result -> done.complete(future));
        });
        return done.orTimeout(10, TimeUnit.SECONDS).join();
    }
}
