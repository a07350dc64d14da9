package org.helpline.gateway.sip;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.helpline.gateway.sip.SipDoor.Visitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /v1/sip-ticket` and `GET /v1/sip`: how a signed-in page becomes a phone.
///
/// SIP libraries can set neither a header nor a second subprotocol, so the WebSocket is opened with a ticket: good for
/// one connection within seconds, got with the token. An account belongs to one page; the page that comes last has
/// the phone, and the one before is told so. What belongs to a token ends with it.
public final class SipRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(SipRoutes.class);
    private static final int LARGEST_BODY = 1_024;
    private static final int LONGEST_ENDPOINT = 64;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final Context context;
    private final SipSettings settings;
    private final SipDoor door;
    private final Optional<BrowserPhones> phones;
    private final Clock clock;
    private final SipTickets tickets;
    private final WebSocketClient client;
    private final Map<String, Line> lines = new HashMap<>();
    private final AtomicInteger sockets = new AtomicInteger();

    /// What one user has. On the gateway's context.
    private static final class Line {
        Optional<BrowserPhones.Account> account = Optional.empty();
        Optional<SipDoor.Pass> pass = Optional.empty();
        Optional<SipRelay> relay = Optional.empty();
        Instant unusedSince;
        Instant minute;
        int ticketsThisMinute;

        Line(Instant now) {
            unusedSince = now;
            minute = now;
        }
    }

    /// @param context the gateway's own
    /// @param phones empty when the carrier has no phones for browsers
    public SipRoutes(
            Vertx vertx,
            Context context,
            SipSettings settings,
            SipDoor door,
            Optional<BrowserPhones> phones,
            Clock clock) {
        this.vertx = vertx;
        this.context = context;
        this.settings = settings;
        this.door = door;
        this.phones = phones;
        this.clock = clock;
        this.tickets = new SipTickets(settings.ticketLife());
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(settings.maxSockets())
                .setMaxFrameSize(settings.maxMessageBytes())
                .setMaxMessageSize(settings.maxMessageBytes()));
    }

    public void mount(Router router) {
        router.post("/v1/sip-ticket")
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .handler(this::ticket);
        router.get("/v1/sip").handler(this::socket);
    }

    // ---- tickets

    private void ticket(RoutingContext ctx) {
        Optional<Visitor> visitor = door.signedIn(ctx);
        if (visitor.isEmpty()) return;
        if (phones.isEmpty()) {
            noPhones(ctx);
            return;
        }
        if (!visitor.get().mayHavePhone()) {
            door.problem(ctx, 403, "no-phone", "Not allowed", "agents and supervisors have phones, others do not");
            return;
        }
        Optional<String> keep;
        try {
            keep = keep(ctx);
        } catch (DecodeException | ClassCastException e) {
            door.problem(ctx, 400, "bad-request", "The request is not understood", "the body must be a JSON object");
            return;
        } catch (IllegalArgumentException e) {
            door.problem(ctx, 400, "bad-request", "The request is not understood", e.getMessage());
            return;
        }
        Context http = vertx.getOrCreateContext();
        context.runOnContext(ignored -> enter(ctx, http, visitor.get(), keep));
    }

    private static Optional<String> keep(RoutingContext ctx) {
        if (ctx.body() == null || ctx.body().length() <= 0) return Optional.empty();
        JsonObject body = ctx.body().asJsonObject();
        if (!Set.of("keep").containsAll(body.fieldNames())) {
            throw new IllegalArgumentException("unknown field; allowed is keep");
        }
        Object keep = body.getValue("keep");
        if (keep == null) return Optional.empty();
        if (!(keep instanceof String endpoint) || endpoint.isEmpty() || endpoint.length() > LONGEST_ENDPOINT) {
            throw new IllegalArgumentException("keep must be a string of 1 to " + LONGEST_ENDPOINT + " characters");
        }
        return Optional.of(endpoint);
    }

    private void enter(RoutingContext ctx, Context http, Visitor visitor, Optional<String> keep) {
        Instant now = clock.instant();
        Line line = lines.computeIfAbsent(visitor.user(), name -> new Line(now));
        if (!takePlace(line, now)) {
            http.runOnContext(ignored -> {
                ctx.response().putHeader("Retry-After", Long.toString(MINUTE.toSeconds()));
                door.problem(
                        ctx,
                        429,
                        "too-many-tickets",
                        "Too many attempts",
                        "at most " + settings.ticketsPerMinute() + " tickets a minute");
            });
            return;
        }
        BrowserPhones carrier = phones.orElseThrow();
        carrier.make(visitor.user(), keep)
                .onSuccess(account -> context.runOnContext(ignored -> {
                    if (lines.get(visitor.user()) != line) {
                        carrier.remove(account.endpoint());
                        http.runOnContext(v -> unavailable(ctx, "the sign-in has ended"));
                        return;
                    }
                    SipTickets.Issued ticket = settle(line, visitor, account);
                    http.runOnContext(v -> answer(ctx, ticket, account));
                }))
                .onFailure(failure -> {
                    LOG.warn("no phone for {}: {}", visitor.user(), failure.getMessage());
                    http.runOnContext(v -> unavailable(ctx, "the carrier makes no phone now; try again"));
                });
    }

    private boolean takePlace(Line line, Instant now) {
        if (Duration.between(line.minute, now).compareTo(MINUTE) >= 0) {
            line.minute = now;
            line.ticketsThisMinute = 0;
        }
        return ++line.ticketsThisMinute <= settings.ticketsPerMinute();
    }

    private SipTickets.Issued settle(Line line, Visitor visitor, BrowserPhones.Account account) {
        line.account
                .map(BrowserPhones.Account::endpoint)
                .filter(former -> !former.equals(account.endpoint()))
                .ifPresent(former -> {
                    line.relay.ifPresent(relay -> relay.close(SipClose.TAKEN_OVER));
                    phones.orElseThrow().remove(former);
                });
        line.account = Optional.of(account);
        line.pass = Optional.of(visitor.pass());
        line.unusedSince = clock.instant();
        return tickets.issue(visitor.pass(), account.endpoint(), clock.instant());
    }

    private void answer(RoutingContext ctx, SipTickets.Issued ticket, BrowserPhones.Account account) {
        ctx.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(new JsonObject()
                        .put("ticket", ticket.written())
                        .put("expiresAt", ticket.expiresAt().toString())
                        .put("websocket", "/v1/sip")
                        .put(
                                "sip",
                                new JsonObject()
                                        .put("user", account.user())
                                        .put("password", account.password())
                                        .put("domain", account.domain()))
                        .put("iceServers", settings.iceServers())
                        .toBuffer());
    }

    private void noPhones(RoutingContext ctx) {
        door.problem(
                ctx, 503, "no-browser-phones", "No phones in browsers", "this carrier calls agents' desk phones only");
    }

    private void unavailable(RoutingContext ctx, String why) {
        ctx.response().putHeader("Retry-After", "2");
        door.problem(ctx, 503, "phone-unavailable", "No phone at the moment", why);
    }

    // ---- sockets

    private void socket(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        if (!door.originAllowed(ctx)) {
            door.problem(ctx, 403, "foreign-origin", "Not allowed", "pages of this origin may not connect");
        } else if (phones.isEmpty()) {
            noPhones(ctx);
        } else if (!speaksSip(request)) {
            door.problem(ctx, 400, "bad-request", "The request is not understood", "the only subprotocol is sip");
        } else if (!request.canUpgradeToWebSocket()) {
            if (request.version() == HttpVersion.HTTP_1_1) ctx.response().putHeader("Upgrade", "websocket");
            door.problem(ctx, 426, "upgrade-required", "This is a WebSocket", "connect with a WebSocket client");
        } else {
            Optional<SipTickets.Ticket> ticket = Optional.ofNullable(request.getParam("ticket"))
                    .flatMap(written -> tickets.use(written, clock.instant()))
                    .filter(good -> door.stillGood(good.pass()));
            if (ticket.isEmpty()) {
                door.problem(
                        ctx, 401, "invalid-ticket", "Sign in", "the ticket is wrong, used or expired; get a new one");
            } else if (sockets.incrementAndGet() > settings.maxSockets()) {
                sockets.decrementAndGet();
                unavailable(ctx, "too many phones are connected");
            } else {
                upgrade(request, ticket.get());
            }
        }
    }

    private static boolean speaksSip(HttpServerRequest request) {
        return request.headers().getAll("Sec-WebSocket-Protocol").stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .anyMatch(protocol -> protocol.strip().equals(SipRelay.PROTOCOL));
    }

    private void upgrade(HttpServerRequest request, SipTickets.Ticket ticket) {
        HttpConnection connection = request.connection();
        request.toWebSocket()
                .onSuccess(socket -> {
                    String user = ticket.pass().user();
                    SipRelay[] self = new SipRelay[1];
                    self[0] = new SipRelay(vertx, settings, socket, connection, client, ticket.endpoint(), () -> {
                        sockets.decrementAndGet();
                        context.runOnContext(ignored -> leave(user, self[0]));
                    });
                    self[0].start(phones.orElseThrow().server());
                    context.runOnContext(ignored -> attach(user, ticket.endpoint(), self[0]));
                })
                .onFailure(failure -> {
                    sockets.decrementAndGet();
                    LOG.debug("a phone's WebSocket could not be opened: {}", failure.toString());
                });
    }

    private void attach(String user, String endpoint, SipRelay relay) {
        Line line = lines.get(user);
        if (line == null) {
            relay.close(SipClose.TOKEN_VOID);
        } else if (line.account
                .map(BrowserPhones.Account::endpoint)
                .filter(endpoint::equals)
                .isEmpty()) {
            relay.close(SipClose.TAKEN_OVER);
        } else {
            Optional<SipRelay> former = line.relay;
            line.relay = Optional.of(relay);
            // The same page has come back before its old connection was missed.
            former.ifPresent(old -> old.close(SipClose.GOING_AWAY));
        }
    }

    private void leave(String user, SipRelay relay) {
        Line line = lines.get(user);
        if (line == null || line.relay.filter(relay::equals).isEmpty()) return;
        line.relay = Optional.empty();
        line.unusedSince = clock.instant();
    }

    // ---- for as long as the token is good

    /// On the gateway's context, every now and then: what is void ends, who is silent is missed.
    public void checkSockets() {
        checkTokens();
        lines.values().forEach(line -> line.relay.ifPresent(SipRelay::ping));
        tickets.forgetExpired(clock.instant());
    }

    /// On the gateway's context, at once when a token was signed out.
    public void checkTokens() {
        Instant now = clock.instant();
        for (Map.Entry<String, Line> entry : List.copyOf(lines.entrySet())) {
            Line line = entry.getValue();
            boolean good = line.pass.map(door::stillGood).orElse(true);
            boolean used = line.relay.isPresent()
                    || Duration.between(line.unusedSince, now).compareTo(settings.keepUnused()) < 0;
            if (good && used) continue;
            lines.remove(entry.getKey());
            line.relay.ifPresent(relay -> relay.close(SipClose.TOKEN_VOID));
            line.account.ifPresent(account -> phones.orElseThrow().remove(account.endpoint()));
        }
    }

    /// On the gateway's context: the server leaves. Accounts stay for pages that come back.
    public void close() {
        lines.values().forEach(line -> line.relay.ifPresent(relay -> relay.close(SipClose.GOING_AWAY)));
    }
}
