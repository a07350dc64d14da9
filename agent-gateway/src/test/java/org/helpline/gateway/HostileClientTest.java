package org.helpline.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.helpline.gateway.UserDirectory.Role;
import org.helpline.router.ContactContext;
import org.helpline.router.ContactContext.PathStep;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.helpline.router.Language;
import org.helpline.router.Modality;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Clients that mean harm: what they try is refused and logged, never shows a stack trace, and changes nothing.
class HostileClientTest {
    private static final String SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("org.helpline.gateway");
    private GatewayServer server;

    @BeforeEach
    void start() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        server = GatewayServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
        logger.detachAppender(log);
        logger.setLevel(null);
        List<ILoggingEvent> traces = List.copyOf(log.list).stream()
                .filter(event -> event.getThrowableProxy() != null)
                .toList();
        assertEquals(List.of(), traces, "no stack trace was worth the log");
    }

    private void logged(String... parts) {
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> List.copyOf(log.list).stream()
                        .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                        .map(ILoggingEvent::getFormattedMessage)
                        .anyMatch(line -> List.of(parts).stream().allMatch(line::contains)));
    }

    @Test
    void scriptIsTextFromEndToEnd() {
        DeskClient desk = server.desk("agent1");
        desk.done("set-state", "state", "ready");
        Instant now = server.clock.instant();
        server.submit(new Input.EnterQueue(
                new ContactId("call-1"),
                RoutingDomain.SNAP,
                new Language("es"),
                Modality.VOICE,
                new ContactContext(
                        RoutingDomain.HELPLINE,
                        Optional.of(SCRIPT),
                        Optional.of(SCRIPT),
                        List.of(new PathStep(now, "need", SCRIPT)),
                        now)));
        JsonObject contact = desk.next("offer").getJsonObject("contact");
        assertEquals(SCRIPT, contact.getJsonObject("caller").getString("number"));
        assertEquals(SCRIPT, contact.getString("need"));
        assertEquals(SCRIPT, contact.getJsonArray("path").getJsonObject(0).getString("value"));
        desk.done("accept-offer", "offerId", offerOf("agent1"));
        server.submit(new Input.DeviceAnswered(server.domain.leg()));
        desk.done("hang-up", "contactId", "call-1");
        JsonObject inquiry = new JsonObject()
                .put("inquiry", "SNAP")
                .put("outcome", "resolved")
                .put("notes", SCRIPT);
        desk.done("complete-wrap-up", "contactId", "call-1", "inquiries", new JsonArray().add(inquiry));
        Input.CompleteWrapUp kept = server.domain.inputs().stream()
                .filter(Input.CompleteWrapUp.class::isInstance)
                .map(Input.CompleteWrapUp.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals(Optional.of(SCRIPT), kept.inquiries().getFirst().notes());
        assertTrue(
                log.list.stream().noneMatch(event -> event.getFormattedMessage().contains("script")),
                "what callers and agents write is not for the log");
    }

    private String offerOf(String agent) {
        DeskClient tab = server.desk(agent);
        String offer =
                tab.next("welcome").getJsonArray("offers").getJsonObject(0).getString("offerId");
        tab.close();
        return offer;
    }

    @Test
    void anAgentsTokenOpensNoSupervisorSocketAndItsCommandsAreLogged() {
        assertEquals(403, refusedWith("/v1/supervisor", with(server.token("agent1"))));
        logged("/v1/supervisor refused to agent1", "not-a-supervisor");
        DeskClient desk = server.desk("agent1");
        desk.next("welcome");
        for (SupervisorCommand.Type type : SupervisorCommand.Type.values()) {
            desk.refused("not-a-supervisor", type.word(), "contactId", "call-1", "agent", "agent2", "queue", "snap");
            logged(type.word() + " of agent agent1 refused: not-a-supervisor");
        }
        desk.done("set-state", "state", "ready");
        assertEquals(
                List.of("Configure", "AgentConnected", "SetAgentState"),
                server.domain.inputs().stream()
                        .map(input -> input.getClass().getSimpleName())
                        .toList(),
                "nothing of it reached the routing domain");
    }

    @Test
    void aRoleThatWasTakenAwayEndsTheSocketAndDoesNothingMore() {
        DeskClient supervisor = server.supervisor("supervisor1");
        supervisor.done("subscribe");
        server.users(GatewayServer.user("supervisor1", Role.AGENT, false));
        supervisor.send(supervisor.command("close-queue", "queue", "snap").encode());
        assertEquals(4403, supervisor.closeCode());
        assertTrue(server.domain.inputs().stream().noneMatch(Input.CloseQueue.class::isInstance));
        logged("supervisor1", "not-a-supervisor");
    }

    @Test
    void whatASupervisorDoesIsLoggedWithNameAndTarget() {
        DeskClient supervisor = server.supervisor("supervisor1");
        supervisor.done("close-queue", "queue", "snap");
        logged("close-queue of snap by supervisor supervisor1 done");
        supervisor.refused("unknown-agent", "set-agent-state", "agent", "nobody", "state", "ready");
        logged("set-agent-state of nobody by supervisor supervisor1 refused: unknown-agent");
    }

    @Test
    void pagesOfOtherSitesConnectToNothing() {
        for (String path : List.of("/v1/agent", "/v1/supervisor", "/v1/live")) {
            for (String origin : List.of("https://evil.example", "http://127.0.0.1:1", "null", "file://")) {
                WebSocketConnectOptions options =
                        with(server.token("supervisor1")).addHeader("Origin", origin);
                options.setAllowOriginHeader(true);
                assertEquals(403, refusedWith(path, options), path + " from " + origin);
            }
            logged(path + " refused", "foreign-origin");
        }
    }

    @Test
    void aTokenInTheAddressIsRefusedAndNotLogged() {
        String token = server.token("supervisor1");
        for (String path : List.of("/v1/agent", "/v1/supervisor", "/v1/live", "/v1/inquiries", "/v1/directory")) {
            assertEquals(400, server.get(path + "?token=" + token).statusCode(), path);
            assertEquals(400, server.get(path + "?access_token=" + token).statusCode(), path);
            logged(path + " refused", "token-in-address");
        }
        assertTrue(
                log.list.stream().noneMatch(event -> event.getFormattedMessage().contains(token)));
    }

    @Test
    void aFloodIsToldThatItIsBusyAndIsServedAfterwards() {
        DeskClient supervisor = server.supervisor("supervisor1");
        floods(supervisor, "set-agent-state", "agent", "agent1", "state", "ready");
        DeskClient desk = server.desk("agent1");
        desk.next("welcome");
        floods(desk, "set-state", "state", "not-ready");
        assertTrue(server.domain.inputs().size() < 80, "of 80 commands only those within the bound reach the routing");
    }

    /// 32 commands may be unanswered; while the domain stands still, each one more is refused at once.
    private void floods(DeskClient client, String type, Object... fields) {
        server.domain.stall(() -> {
            for (int i = 0; i < 40; i++)
                client.send(client.command(type, fields).encode());
            for (int i = 0; i < 8; i++)
                assertEquals("busy", client.next("refused").getString("reason"));
        });
        for (int answered = 0; answered < 32; ) {
            if (client.next().getValue("id") != null) answered++;
        }
        client.ask(type, fields);
    }

    @Test
    void rubbishAndOversizeEndTheSupervisorsSocketOnly() {
        DeskClient rubbish = server.supervisor("supervisor1");
        for (int i = 0; i < 5; i++) rubbish.send("[]");
        assertEquals(1008, rubbish.closeCode());
        DeskClient big = server.supervisor("supervisor1");
        big.send("{\"id\":\"" + "x".repeat(100_000) + "\"}");
        assertEquals(1009, big.closeCode());
        server.desk("agent1").done("set-state", "state", "ready");
    }

    @Test
    void unknownAndFaultyCommandsOfASupervisorAreRefused() {
        DeskClient supervisor = server.supervisor("supervisor1");
        supervisor.refused("unknown-type", "reassign", "contactId", "call-1");
        supervisor.refused("unknown-type", "accept-offer", "offerId", "o");
        assertEquals(
                "queue",
                supervisor.refused("invalid", "close-queue", "queue", SCRIPT).getString("field"));
        assertEquals(
                "extra",
                supervisor.refused("invalid", "subscribe", "extra", true).getString("field"));
        assertFalse(
                log.list.stream().anyMatch(event -> event.getFormattedMessage().contains("alert")));
    }

    private static WebSocketConnectOptions with(String token) {
        return new WebSocketConnectOptions().addHeader("Authorization", "Bearer " + token);
    }

    private int refusedWith(String path, WebSocketConnectOptions options) {
        options.setURI(path);
        return assertThrows(
                        UpgradeRejectedException.class,
                        () -> DeskClient.open(server, options).await(10, TimeUnit.SECONDS))
                .getStatus();
    }
}
