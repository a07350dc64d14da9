package org.helpline.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Takes the fields of one JSON object one by one and knows which were not taken.
final class MessageFields {
    private final JsonObject json;
    private final String path;
    private final Set<String> taken = new LinkedHashSet<>();

    MessageFields(JsonObject json, String... alreadyTaken) {
        this("", json, alreadyTaken);
    }

    private MessageFields(String path, JsonObject json, String... alreadyTaken) {
        this.json = json;
        this.path = path;
        taken.addAll(List.of(alreadyTaken));
    }

    String required(String field, int longest) throws Invalid {
        return optional(field, longest)
                .orElseThrow(() -> Invalid.of(path + field, null, "1 to " + longest + " characters"));
    }

    /// One line of text.
    Optional<String> optional(String field, int longest) throws Invalid {
        return text(field, longest, "1 to " + longest + " characters without line ends", false);
    }

    /// Text that may have several lines.
    Optional<String> optionalText(String field, int longest) throws Invalid {
        return text(field, longest, "1 to " + longest + " characters", true);
    }

    private Optional<String> text(String field, int longest, String allowed, boolean lines) throws Invalid {
        taken.add(field);
        if (!json.containsKey(field)) return Optional.empty();
        Object value = json.getValue(field);
        if (!(value instanceof String text)
                || text.isBlank()
                || text.length() > longest
                || text.chars().anyMatch(c -> Character.isISOControl(c) && !(lines && (c == '\n' || c == '\t')))) {
            throw Invalid.of(path + field, value, allowed);
        }
        return Optional.of(text);
    }

    <T> T identifier(String field, Function<String, T> type) throws Invalid {
        taken.add(field);
        Object value = json.getValue(field);
        if (value instanceof String text) {
            try {
                return type.apply(text);
            } catch (IllegalArgumentException e) {
                throw Invalid.of(path + field, value, "an id as the server gave it");
            }
        }
        throw Invalid.of(path + field, value, "an id as the server gave it");
    }

    <E extends Enum<E>> E choice(String field, Class<E> type) throws Invalid {
        taken.add(field);
        Object value = json.getValue(field);
        Optional<E> chosen = value instanceof String word ? constant(word, type) : Optional.empty();
        if (chosen.isPresent()) return chosen.get();
        throw Invalid.of(
                path + field,
                value,
                Arrays.stream(type.getEnumConstants()).map(MessageFields::word).collect(Collectors.joining(", ")));
    }

    <T> List<T> objects(String field, int least, int most, Reader<T> reader) throws Invalid {
        taken.add(field);
        Object value = json.getValue(field);
        if (!(value instanceof JsonArray array) || array.size() < least || array.size() > most) {
            throw Invalid.of(path + field, value, "a list of " + least + " to " + most + " objects");
        }
        List<T> read = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String where = path + field + "[" + i + "]";
            if (!(array.getValue(i) instanceof JsonObject element)) {
                throw Invalid.of(where, array.getValue(i), "an object");
            }
            MessageFields fields = new MessageFields(where + ".", element);
            read.add(reader.read(fields));
            fields.nothingElse();
        }
        return read;
    }

    <T> T object(String field, Reader<T> reader) throws Invalid {
        taken.add(field);
        if (!(json.getValue(field) instanceof JsonObject element)) {
            throw Invalid.of(path + field, json.getValue(field), "an object");
        }
        MessageFields fields = new MessageFields(path + field + ".", element);
        T read = reader.read(fields);
        fields.nothingElse();
        return read;
    }

    /// The one of these fields that is there.
    String theOne(String... fields) throws Invalid {
        List<String> there = Arrays.stream(fields).filter(json::containsKey).toList();
        if (there.size() == 1) return there.getFirst();
        String where = path.isEmpty() ? "" : path.substring(0, path.length() - 1);
        throw Invalid.of(where, json.encode(), "exactly one of " + String.join(", ", fields));
    }

    /// A list of words without repetition.
    ///
    /// @param type empty for a word that is not allowed
    <T> List<T> words(String field, int least, int most, Function<String, Optional<T>> type) throws Invalid {
        taken.add(field);
        Object value = json.getValue(field);
        if (!(value instanceof JsonArray array) || array.size() < least || array.size() > most) {
            throw Invalid.of(path + field, value, "a list of " + least + " to " + most + " words");
        }
        Set<T> read = new LinkedHashSet<>();
        for (int i = 0; i < array.size(); i++) {
            Object word = array.getValue(i);
            Optional<T> known = word instanceof String text ? type.apply(text) : Optional.empty();
            if (known.isEmpty() || !read.add(known.get())) {
                throw Invalid.of(path + field + "[" + i + "]", word, "one that the deployment has, and each once");
            }
        }
        return List.copyOf(read);
    }

    int integer(String field, int least, int most) throws Invalid {
        taken.add(field);
        if (json.getValue(field) instanceof Integer number && number >= least && number <= most) return number;
        throw Invalid.of(path + field, json.getValue(field), "a whole number from " + least + " to " + most);
    }

    Invalid invalid(String field, Object value, String allowed) {
        return Invalid.of(path + field, value, allowed);
    }

    void nothingElse() throws Invalid {
        for (String field : json.fieldNames()) {
            if (!taken.contains(field)) {
                throw Invalid.of(path + Invalid.cut(field), json.getValue(field), "only " + String.join(", ", taken));
            }
        }
    }

    static <E extends Enum<E>> Optional<E> constant(String word, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(word))
                .findFirst();
    }

    /// How an enum constant is written in messages.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    interface Reader<T> {
        T read(MessageFields fields) throws Invalid;
    }

    /// A field that is not as it must be.
    static final class Invalid extends Exception {
        private static final int LONGEST_VALUE = 100;

        private final String field;
        private final String value;
        private final String allowed;

        private Invalid(String field, String value, String allowed) {
            super(field + " is " + value + ", but allowed is: " + allowed, null, false, false);
            this.field = field;
            this.value = value;
            this.allowed = allowed;
        }

        static Invalid of(String field, Object value, String allowed) {
            return new Invalid(field, value == null ? "absent" : cut(value.toString()), allowed);
        }

        static String cut(String text) {
            return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
        }

        String field() {
            return field;
        }

        String value() {
            return value;
        }

        String allowed() {
            return allowed;
        }
    }
}
