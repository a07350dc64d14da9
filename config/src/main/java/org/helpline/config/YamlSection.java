package org.helpline.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// A mapping in a file, asked key by key. [#end] makes every key that nobody asked for a fault, so the code that reads
/// the keys is the only list of them.
final class YamlSection {
    private final Place place;
    private final Faults faults;
    private final Map<String, YamlValue> values = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();

    YamlSection(MappingNode node, Place place, Faults faults) {
        this.place = place;
        this.faults = faults;
        for (NodeTuple tuple : node.getValue()) take(tuple);
    }

    private void take(NodeTuple tuple) {
        int line = tuple.getKeyNode().getStartMark().map(Mark::getLine).orElse(0) + 1;
        if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
            faults.add(new Place(place.file(), line, place.path()), "a key must be a word, but is a list or a mapping");
            return;
        }
        String key = keyNode.getValue();
        Place at = new Place(place.file(), line, place.path().isEmpty() ? key : place.path() + "." + key);
        YamlValue earlier = values.get(key);
        if (earlier != null) {
            faults.add(
                    at,
                    "stands here a second time; the first is on line "
                            + earlier.place().line());
            return;
        }
        values.put(key, new YamlValue(tuple.getValueNode(), at, faults));
    }

    Place place() {
        return place;
    }

    Faults faults() {
        return faults;
    }

    Optional<YamlValue> optional(String key) {
        known.add(key);
        return Optional.ofNullable(values.get(key));
    }

    /// A fault when the key is absent.
    Optional<YamlValue> required(String key) {
        Optional<YamlValue> value = optional(key);
        if (value.isEmpty()) faults.add(place, "'" + key + "' is missing");
        return value;
    }

    /// The section under the key; a fault when the key is absent.
    Optional<YamlSection> requiredSection(String key) {
        return required(key).flatMap(YamlValue::section);
    }

    /// A key that must not stand here.
    void forbidden(String key, String why) {
        known.add(key);
        YamlValue value = values.get(key);
        if (value != null) faults.add(value.place(), why);
    }

    /// Every entry, where keys are names that the author chooses.
    List<Map.Entry<String, YamlValue>> entries() {
        known.addAll(values.keySet());
        List<Map.Entry<String, YamlValue>> entries = new ArrayList<>();
        values.forEach((key, value) -> entries.add(Map.entry(key, value)));
        return entries;
    }

    /// Every key has been asked for: the others are unknown.
    void end() {
        values.forEach((key, value) -> {
            if (!known.contains(key)) faults.add(value.place(), unknown(key, known));
        });
    }

    /// Says that a name is unknown, and which known one was perhaps meant.
    static String unknown(String name, Set<String> known) {
        String allowed = "; allowed: " + String.join(", ", new TreeSet<>(known));
        return "is unknown"
                + didYouMean(name, known)
                        .map(meant -> "; did you mean '" + meant + "'?")
                        .orElse(allowed);
    }

    static Optional<String> didYouMean(String name, Set<String> known) {
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= Math.max(1, Math.min(3, candidate.length() / 3)))
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /// Levenshtein's distance, over at most 64 characters.
    private static int distance(String left, String right) {
        String a = left.substring(0, Math.min(64, left.length()));
        String b = right.substring(0, Math.min(64, right.length()));
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
