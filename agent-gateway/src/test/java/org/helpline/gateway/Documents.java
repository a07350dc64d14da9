package org.helpline.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The published documents, and whether a message is as they say.
final class Documents {
    static final JsonNode ASYNC_API = load("docs/asyncapi.yaml");
    static final JsonNode OPEN_API = load("docs/openapi.yaml");

    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private Documents() {}

    record Fault(String text) {}

    /// Checks a socket message; the live figures are the one that has no type.
    static List<Fault> check(JsonObject message) {
        String type = message.containsKey("type") ? message.getString("type") : "live";
        if (!ASYNC_API.at("/components/messages").has(type)) return List.of(new Fault("no message " + type));
        return check(ASYNC_API, "#/components/messages/" + type + "/payload", message.encode());
    }

    static List<Fault> checkHttp(String schema, String body) {
        return check(OPEN_API, "#/components/schemas/" + schema, body);
    }

    private static List<Fault> check(JsonNode document, String reference, String json) {
        Schema schema = SCHEMAS.computeIfAbsent(reference, key -> {
            ObjectNode root = new ObjectMapper().createObjectNode();
            root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
            root.put("$ref", key);
            root.set("components", document.get("components"));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(root);
        });
        return schema.validate(json, InputFormat.JSON).stream()
                .map(error -> new Fault(error.toString()))
                .toList();
    }

    /// Names of the messages of an operation, as its references name them.
    static Set<String> messagesOf(String operation) {
        Set<String> names = new TreeSet<>();
        ASYNC_API.at("/operations/" + operation + "/messages").forEach(reference -> {
            String path = reference.get("$ref").asText();
            names.add(path.substring(path.lastIndexOf('/') + 1));
        });
        return names;
    }

    static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode load(String path) {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of(System.getProperty("helpline.root"), path).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
