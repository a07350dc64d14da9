package org.helpline.simulation.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Histories as JSON, an observation on each line, so that processes of their own can note what they see and one
/// judge can read it all.
public final class HistoryLines {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();
    private static final String SEEN = "seen";
    private static final Map<String, Class<? extends Observation>> TYPES = types(Observation.class);

    private HistoryLines() {}

    private static Map<String, Class<? extends Observation>> types(Class<?> sealed) {
        Map<String, Class<? extends Observation>> types = new TreeMap<>();
        for (Class<?> type : sealed.getPermittedSubclasses()) {
            if (type.isSealed()) types.putAll(types(type));
            else types.put(type.getSimpleName(), type.asSubclass(Observation.class));
        }
        return types;
    }

    /// Without a line feed.
    public static String line(Observation seen) {
        ObjectNode json = MAPPER.createObjectNode().put(SEEN, seen.getClass().getSimpleName());
        json.setAll((ObjectNode) MAPPER.valueToTree(seen));
        return json.toString();
    }

    public static void write(List<Observation> seen, Writer to) throws IOException {
        for (Observation one : seen) to.write(line(one) + "\n");
    }

    /// @throws IllegalArgumentException naming the line that is none
    public static List<Observation> read(BufferedReader from) {
        List<Observation> seen = new ArrayList<>();
        try {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                if (!line.isBlank()) seen.add(read(line, seen.size() + 1));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return seen;
    }

    private static Observation read(String line, int number) {
        try {
            JsonNode json = MAPPER.readTree(line);
            Class<? extends Observation> type = TYPES.get(json.path(SEEN).asText());
            if (!(json instanceof ObjectNode body) || type == null) {
                throw new IllegalArgumentException("observation " + number + " must have '" + SEEN + "', one of "
                        + TYPES.keySet() + ", but is " + line);
            }
            body.remove(SEEN);
            return MAPPER.treeToValue(body, type);
        } catch (JsonProcessingException fault) {
            throw new IllegalArgumentException("observation " + number + " cannot be read: " + line, fault);
        }
    }
}
