package org.helpline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.helpline.router.Input;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The supervisor's job over the socket.
class SupervisorSocketTest {
    private GatewayServer server;

    @BeforeEach
    void start() {
        server = GatewayServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private DeskClient subscribed() {
        DeskClient supervisor = server.supervisor("supervisor1");
        supervisor.done("subscribe");
        return supervisor;
    }

    /// The newest word on one thing of the floor.
    private static JsonObject changed(DeskClient supervisor, String list, Predicate<JsonObject> wanted) {
        for (; ; ) {
            JsonArray changes =
                    supervisor.find("floor-changed", message -> true).getJsonArray(list, new JsonArray());
            for (Object change : changes) {
                if (wanted.test((JsonObject) change)) return (JsonObject) change;
            }
        }
    }

    private static Predicate<JsonObject> agent(String id, String state) {
        return agent -> agent.getString("agentId").equals(id)
                && agent.getString("state").equals(state);
    }

    @Test
    void whatAllShouldKnowIsOnTheFloor() {
        DeskClient supervisor = server.supervisor("supervisor1");
        supervisor.done("subscribe");
        server.notices = List.of(new Notice(Notice.Kind.DRAINING, server.clock.instant()));
        JsonObject changed = supervisor.find("floor-changed", message -> message.containsKey("notices"));
        assertEquals(
                "draining", changed.getJsonArray("notices").getJsonObject(0).getString("kind"));
        DeskClient later = server.supervisor("admin1");
        later.send(later.command("subscribe").encode());
        assertEquals(1, later.next("floor").getJsonArray("notices").size());
    }

    @Test
    void theFloorIsToldAndFollowsACall() {
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        DeskClient supervisor = server.supervisor("supervisor1");
        supervisor.done("subscribe");
        JsonObject floor = supervisor.next("floor");
        assertEquals("supervisor1", floor.getString("user"));
        assertEquals(2, floor.getJsonArray("agents").size());
        assertTrue(floor.getJsonArray("queues").getJsonObject(0).getBoolean("open"));
        JsonObject contact = floor.getJsonArray("contacts").getJsonObject(0);
        assertEquals("waiting", contact.getString("state"));
        assertEquals("+*********47", contact.getJsonObject("caller").getString("number"));

        DeskClient desk = server.desk("agent1");
        desk.done("set-state", "state", "ready");
        JsonObject next = supervisor.next("floor-changed");
        assertEquals(floor.getLong("seq") + 1, next.getLong("seq"));
        desk.done("accept-offer", "offerId", desk.find("offer", message -> true).getString("offerId"));
        server.submit(new Input.DeviceAnswered(server.domain.leg()));
        JsonObject busy = changed(supervisor, "agents", agent("agent1", "on-contact"));
        assertEquals("call-1", busy.getString("contactId"));
        desk.done("hang-up", "contactId", "call-1");
        for (JsonObject change = supervisor.next("floor-changed");
                !change.getJsonArray("contactsGone").contains("call-1");
                change = supervisor.next("floor-changed")) {}
    }

    @Test
    void agentsAreForcedTaughtAndSeeIt() {
        server.catalogue = new Catalogue(
                List.of(),
                List.of(),
                List.of(),
                new TreeMap<>(Map.of("en", "English", "es", "Spanish")),
                new TreeMap<>(Map.of("snap", "SNAP")));
        DeskClient desk = server.desk("agent1");
        desk.done("set-state", "state", "ready");
        DeskClient supervisor = subscribed();
        supervisor.done("set-agent-state", "agent", "agent1", "state", "not-ready", "reason", "meeting");
        assertEquals("meeting", desk.state("not-ready").getString("reason"));
        supervisor.done("set-agent-state", "agent", "agent1", "state", "ready");
        supervisor.done("set-agent-state", "agent", "agent1", "state", "not-ready");
        assertEquals(
                "set-by-supervisor",
                changed(
                                supervisor,
                                "agents",
                                agent("agent1", "not-ready")
                                        .and(agent -> !agent.getString("reason").equals("meeting")))
                        .getString("reason"));
        supervisor.refused("unknown-agent", "set-agent-state", "agent", "nobody", "state", "ready");

        JsonArray skills =
                new JsonArray().add(new JsonObject().put("skill", "snap").put("level", 9));
        supervisor.done(
                "set-agent-skills",
                "agent",
                "agent1",
                "languages",
                new JsonArray().add("en"),
                "modalities",
                new JsonArray().add("voice").add("video"),
                "skills",
                skills);
        JsonObject taught = desk.next("agent").getJsonObject("agent");
        assertEquals(new JsonArray().add("en"), taught.getJsonArray("languages"));
        assertEquals(skills, taught.getJsonArray("skills"));
        assertEquals("languages[0]", skillsFault(supervisor, "fr", "voice", "snap", 1));
        assertEquals("modalities[0]", skillsFault(supervisor, "en", "smoke", "snap", 1));
        assertEquals("skills[0].skill", skillsFault(supervisor, "en", "voice", "cooking", 1));
        assertEquals("skills[0].level", skillsFault(supervisor, "en", "voice", "snap", 11));
    }

    private static String skillsFault(
            DeskClient supervisor, String language, String modality, String skill, int level) {
        return supervisor
                .refused(
                        "invalid",
                        "set-agent-skills",
                        "agent",
                        "agent1",
                        "languages",
                        new JsonArray().add(language),
                        "modalities",
                        new JsonArray().add(modality),
                        "skills",
                        new JsonArray().add(new JsonObject().put("skill", skill).put("level", level)))
                .getString("field");
    }

    @Test
    void queuesAreClosedAndOpened() {
        DeskClient supervisor = subscribed();
        supervisor.done("close-queue", "queue", "snap");
        assertFalse(changed(supervisor, "queues", queue -> true).getBoolean("open"));
        assertEquals(
                "queue-closed",
                server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()))
                        .orElseThrow()
                        .reason());
        supervisor.done("open-queue", "queue", "snap");
        assertTrue(changed(supervisor, "queues", queue -> true).getBoolean("open"));
        supervisor.refused("unknown-queue", "close-queue", "queue", "nowhere");
    }

    @Test
    void supervisionGoesToTheRoutingUnderTheUsersName() {
        DeskClient supervisor = subscribed();
        supervisor.refused("unknown-contact", "monitor", "contactId", "no-such-call");
        supervisor.refused("not-supervising", "end-supervision");
        Input.Supervise asked = server.domain.inputs().stream()
                .filter(Input.Supervise.class::isInstance)
                .map(Input.Supervise.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals("supervisor1", asked.supervisor().value());
        for (String type : List.of("monitor", "whisper", "barge")) {
            assertEquals("contactId", supervisor.refused("invalid", type).getString("field"));
        }
    }

    @Test
    void whoIsHeardIsSeenByTheAgentAndWhoOnlyListensIsNot() {
        DeskClient desk = server.desk("agent1");
        desk.done("set-state", "state", "ready");
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        desk.done("accept-offer", "offerId", desk.next("offer").getString("offerId"));
        server.submit(new Input.DeviceAnswered(server.domain.leg()));
        DeskClient supervisor = subscribed();
        supervisor.done("monitor", "contactId", "call-1");
        supervisor.find("supervision", told -> told.getString("state").equals("ringing"));
        server.submit(new Input.DeviceAnswered(server.domain.supervisorLeg()));
        JsonObject listening =
                supervisor.find("supervision", told -> told.getString("state").equals("listening"));
        assertEquals("monitor", listening.getString("mode"));
        JsonObject quiet =
                server.desk("agent1").next("welcome").getJsonArray("contacts").getJsonObject(0);
        assertEquals(2, quiet.getJsonArray("participants").size());
        supervisor.done("subscribe");
        assertEquals(
                "listening",
                supervisor
                        .find("floor", floor -> floor.containsKey("supervision"))
                        .getJsonObject("supervision")
                        .getString("state"));

        supervisor.done("whisper", "contactId", "call-1");
        JsonObject heard =
                desk.find("contact", SupervisorSocketTest::withSupervisor).getJsonObject("contact");
        assertEquals(
                "supervisor1",
                heard.getJsonArray("participants").getJsonObject(2).getString("participantId"));

        supervisor.close();
        desk.find("contact", message -> !withSupervisor(message));
        assertTrue(server.domain.inputs().stream().anyMatch(Input.EndSupervision.class::isInstance));
    }

    private static boolean withSupervisor(JsonObject message) {
        return message.getJsonObject("contact").getJsonArray("participants").stream()
                .anyMatch(each -> ((JsonObject) each).getString("role").equals("supervisor"));
    }

    @Test
    void adminsMayAndTooManyMayNot() {
        DeskClient admin = server.supervisor("admin1");
        admin.done("subscribe");
        admin.next("floor");
        subscribed();
        assertEquals(4429, server.supervisor("supervisor1").closeCode());
    }
}
