package org.helpline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The documents name exactly what the code knows. That each message is as documented is checked by every
/// test that receives one.
class ProtocolDocumentsTest {
    @Test
    void commandsOfTheDocumentAreThoseOfTheCode() {
        assertEquals(
                Arrays.stream(AgentCommand.Type.values())
                        .map(AgentCommand.Type::word)
                        .collect(Collectors.toCollection(TreeSet::new)),
                Documents.messagesOf("command"));
    }

    @Test
    void messagesOfTheDocumentAreThoseOfTheCode() {
        assertEquals(
                Arrays.stream(ServerMessage.Type.values())
                        .map(MessageFields::word)
                        .collect(Collectors.toCollection(TreeSet::new)),
                Documents.messagesOf("tell"));
        Set<String> all = new TreeSet<>(Documents.messagesOf("command"));
        all.addAll(Documents.messagesOf("tell"));
        all.addAll(Documents.messagesOf("supervise"));
        all.addAll(Documents.messagesOf("watch"));
        all.addAll(Set.of("done", "refused", "live"));
        assertEquals(all, Set.copyOf(Documents.fields(Documents.ASYNC_API.at("/components/messages"))));
    }

    @Test
    void whatSupervisorsSayAndHearIsThatOfTheCode() {
        assertEquals(
                Arrays.stream(SupervisorCommand.Type.values())
                        .map(SupervisorCommand.Type::word)
                        .collect(Collectors.toCollection(TreeSet::new)),
                Documents.messagesOf("supervise"));
        assertEquals(
                Arrays.stream(SupervisorDesks.Type.values())
                        .map(MessageFields::word)
                        .collect(Collectors.toCollection(TreeSet::new)),
                Documents.messagesOf("watch"));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        Documents.ASYNC_API.findValuesAsText("$ref").forEach(reference -> exists(Documents.ASYNC_API, reference));
        Documents.OPEN_API.findValuesAsText("$ref").forEach(reference -> exists(Documents.OPEN_API, reference));
    }

    private static void exists(JsonNode document, String reference) {
        assertTrue(!document.at(reference.substring(1)).isMissingNode(), reference);
    }

    @Test
    void everyDocumentedPathIsServed() {
        try (GatewayServer server =
                GatewayServer.draining(new DrainRoutesTest.OneCaller(), new OperatorKey("k".repeat(40)))) {
            for (String path : Documents.fields(Documents.OPEN_API.get("paths"))) {
                if (!path.startsWith("/v1/")) continue;
                boolean get = Documents.OPEN_API.get("paths").get(path).has("get");
                int status = (get ? server.get(path) : server.post(path, "")).statusCode();
                assertTrue(status != 404 && status != 405, path + " gives " + status);
            }
        }
    }
}
