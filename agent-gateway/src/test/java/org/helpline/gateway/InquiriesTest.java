package org.helpline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.helpline.gateway.Catalogue.InquiryType;
import org.helpline.gateway.Catalogue.Place;
import org.helpline.router.Input;
import org.helpline.router.Input.Inquiry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What agents choose from, and that nothing else is taken.
class InquiriesTest {
    private static final Catalogue CATALOGUE = new Catalogue(
            List.of(
                    new InquiryType("snap-recertification", "SNAP - Recertification", "SNAP", true),
                    new InquiryType("snap-old", "SNAP - Old", "SNAP", false)),
            List.of(new Place("city-311", "The city's 311 line", Optional.of("+18005550311"))),
            List.of(new Place("supervisor", "Supervisor on duty", Optional.empty())),
            new TreeMap<>(Map.of("es", "Spanish")),
            new TreeMap<>(Map.of("snap", "SNAP")));

    private GatewayServer server;

    @BeforeEach
    void start() {
        server = GatewayServer.start();
        server.catalogue = CATALOGUE;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Authorization";
        all[1] = "Bearer " + server.token("agent1");
        return server.get(path, all);
    }

    @Test
    void theListsAreServedOnceUntilTheyChange() {
        assertEquals(401, server.get("/v1/inquiries").statusCode());
        HttpResponse<String> response = get("/v1/inquiries");
        assertEquals(List.of(), Documents.checkHttp("Inquiries", response.body()));
        assertEquals(
                2, new JsonObject(response.body()).getJsonArray("inquiries").size());
        String etag = response.headers().firstValue("ETag").orElseThrow();
        assertEquals(304, get("/v1/inquiries", "If-None-Match", etag).statusCode());
        server.catalogue = Catalogue.EMPTY;
        assertEquals(200, get("/v1/inquiries", "If-None-Match", etag).statusCode());
    }

    @Test
    void theDirectoryHasWhoIsThereAndWhatIsAllowed() {
        assertEquals(401, server.get("/v1/directory").statusCode());
        server.desk("agent2").done("set-state", "state", "ready");
        HttpResponse<String> response = get("/v1/directory");
        assertEquals(List.of(), Documents.checkHttp("Directory", response.body()));
        JsonObject directory = new JsonObject(response.body());
        assertEquals(1, directory.getJsonArray("agents").size(), "agent1 is not signed in as an agent");
        JsonObject agent = directory.getJsonArray("agents").getJsonObject(0);
        assertEquals("agent2", agent.getString("agentId"));
        assertEquals("ready", agent.getString("state"));
        assertTrue(directory.getJsonArray("queues").getJsonObject(0).getBoolean("open"));
        assertEquals(new JsonArray().add("+1800555XXXX"), directory.getJsonArray("numbers"));
        assertEquals(
                "+18005550311",
                directory.getJsonArray("places").getJsonObject(0).getString("number"));
        assertEquals("Spanish", directory.getJsonObject("languages").getString("es"));
    }

    @Test
    void aWrapUpNamesWhatIsOnTheLists() {
        DeskClient desk = inWrapUp();
        assertFault(desk, "inquiries[0].inquiry", inquiry("weather").put("outcome", "resolved"));
        assertFault(desk, "inquiries[0].inquiry", inquiry("snap-old").put("outcome", "resolved"));
        JsonObject good = inquiry("snap-recertification").put("outcome", "resolved");
        assertFault(desk, "inquiries[0].referredTo", good.copy().put("referredTo", "the moon"));
        assertFault(desk, "inquiries[0].escalatedTo", good.copy().put("escalatedTo", "supervisor"));
        JsonObject escalated = inquiry("SNAP - Recertification").put("outcome", "escalated");
        assertFault(desk, "inquiries[0].escalatedTo", escalated.copy().put("escalatedTo", "nobody"));

        JsonArray inquiries = new JsonArray()
                .add(good.put("referredTo", "city-311"))
                .add(escalated.put("escalatedTo", "Supervisor on duty"));
        desk.done("complete-wrap-up", "contactId", "call-1", "inquiries", inquiries);
        List<Inquiry> kept = server.domain.inputs().stream()
                .filter(Input.CompleteWrapUp.class::isInstance)
                .map(input -> ((Input.CompleteWrapUp) input).inquiries())
                .findFirst()
                .orElseThrow();
        assertEquals("SNAP - Recertification", kept.get(0).inquiry());
        assertEquals(Optional.of("The city's 311 line"), kept.get(0).referredTo());
        assertEquals(Optional.of("Supervisor on duty"), kept.get(1).escalatedTo());
    }

    private static void assertFault(DeskClient desk, String field, JsonObject inquiry) {
        JsonObject refused = desk.refused(
                "invalid", "complete-wrap-up", "contactId", "call-1", "inquiries", new JsonArray().add(inquiry));
        assertEquals(field, refused.getString("field"));
    }

    private static JsonObject inquiry(String what) {
        return new JsonObject().put("inquiry", what);
    }

    private DeskClient inWrapUp() {
        DeskClient desk = server.desk("agent1");
        desk.done("set-state", "state", "ready");
        server.submit(RoutingDomain.spanishCaller("call-1", server.clock.instant()));
        desk.done("accept-offer", "offerId", desk.next("offer").getString("offerId"));
        server.submit(new Input.DeviceAnswered(server.domain.leg()));
        desk.done("hang-up", "contactId", "call-1");
        return desk;
    }
}
