package org.helpline.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// One value in a file. Each reading method gives the value, or tells the fault and gives nothing.
record YamlValue(Node node, Place place, Faults faults) {
    private static final int MOST_ITEMS = 5_000;
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}) ?(ms|s|min|h)");
    private static final Pattern DAYS = Pattern.compile("([0-9]{1,6}) ?d");

    Optional<YamlSection> section() {
        if (node instanceof MappingNode mapping) return Optional.of(new YamlSection(mapping, place, faults));
        return fault("must be a mapping (lines of 'key: value'), but is " + kind());
    }

    Optional<List<YamlValue>> items() {
        if (!(node instanceof SequenceNode sequence)) return fault("must be a list, but is " + kind());
        List<Node> nodes = sequence.getValue();
        if (nodes.size() > MOST_ITEMS) {
            return fault("must have at most " + MOST_ITEMS + " items, but has " + nodes.size());
        }
        List<YamlValue> items = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            int line = nodes.get(i).getStartMark().map(Mark::getLine).orElse(0) + 1;
            items.add(new YamlValue(nodes.get(i), new Place(place.file(), line, place.path() + "[" + i + "]"), faults));
        }
        return Optional.of(items);
    }

    /// Every item that can be read.
    <T> List<T> list(Function<YamlValue, Optional<T>> item) {
        return items().orElse(List.of()).stream()
                .map(item)
                .flatMap(Optional::stream)
                .toList();
    }

    /// What stands there, whatever YAML takes it for: a telephone number need not be quoted.
    Optional<String> scalar() {
        if (!(node instanceof ScalarNode scalar)) return fault("must be a single value, but is " + kind());
        if (scalar.getTag().equals(Tag.NULL)) return fault("has no value");
        return Optional.of(scalar.getValue());
    }

    /// Words, not a number and not true or false.
    Optional<String> text(int longest) {
        return scalar().flatMap(value -> {
            if (!node.getTag().equals(Tag.STR)) return fault("must be text, so in quotes, but is " + kind());
            if (value.isBlank()) return fault("must not be empty");
            if (value.length() > longest) {
                return fault("must be at most " + longest + " characters long, but has " + value.length());
            }
            return Optional.of(value.strip());
        });
    }

    Optional<String> matching(Pattern pattern, String what) {
        return scalar().flatMap(value -> pattern.matcher(value).matches()
                ? Optional.of(value)
                : fault("must be " + what + ", but is " + Faults.quoted(value)));
    }

    Optional<Integer> integer(int least, int most) {
        return scalar().flatMap(value -> {
            if (value.length() <= 20 && value.matches("[+-]?[0-9]+")) {
                BigInteger number = new BigInteger(value);
                if (number.compareTo(BigInteger.valueOf(least)) >= 0
                        && number.compareTo(BigInteger.valueOf(most)) <= 0) {
                    return Optional.of(number.intValueExact());
                }
            }
            return fault("must be a whole number from " + least + " to " + most + ", but is " + Faults.quoted(value));
        });
    }

    Optional<Duration> duration(Duration least, Duration most) {
        return scalar().flatMap(value -> {
            String allowed = "must be a time from " + show(least) + " to " + show(most)
                    + " (a whole number and ms, s, min or h), but is " + Faults.quoted(value);
            Matcher matcher = DURATION.matcher(value);
            if (!matcher.matches()) return fault(allowed);
            long number = Long.parseLong(matcher.group(1));
            Duration duration =
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        case "min" -> Duration.ofMinutes(number);
                        default -> Duration.ofHours(number);
                    };
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) return fault(allowed);
            return Optional.of(duration);
        });
    }

    /// A whole number of days.
    Optional<Duration> days(int least, int most) {
        return scalar().flatMap(value -> {
            Matcher matcher = DAYS.matcher(value);
            if (matcher.matches()) {
                int number = Integer.parseInt(matcher.group(1));
                if (number >= least && number <= most) return Optional.of(Duration.ofDays(number));
            }
            return fault("must be a time from " + least + " d to " + most + " d (a whole number and d), but is "
                    + Faults.quoted(value));
        });
    }

    Optional<Boolean> flag() {
        return scalar().flatMap(value -> switch (value) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> fault("must be true or false, but is " + Faults.quoted(value));
        });
    }

    /// One of these words.
    <T> Optional<T> oneOf(SortedMap<String, T> words) {
        return scalar().flatMap(value -> {
            if (words.containsKey(value)) return Optional.of(words.get(value));
            String meant = YamlSection.didYouMean(value, new TreeSet<>(words.keySet()))
                    .map(word -> "; did you mean '" + word + "'?")
                    .orElse("");
            return fault(
                    "must be one of " + String.join(", ", words.keySet()) + ", but is " + Faults.quoted(value) + meant);
        });
    }

    <T> Placed<T> at(T value) {
        return new Placed<>(value, place);
    }

    <T> Optional<T> fault(String message) {
        faults.add(place, message);
        return Optional.empty();
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    private String kind() {
        return switch (node) {
            case MappingNode _ -> "a mapping";
            case SequenceNode _ -> "a list";
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "empty";
            case ScalarNode scalar -> Faults.quoted(scalar.getValue());
            default -> "of an unknown kind";
        };
    }

    private static String show(Duration duration) {
        if (duration.toMillisPart() != 0) return duration.toMillis() + " ms";
        if (duration.isZero() || duration.toSecondsPart() != 0) return duration.toSeconds() + " s";
        if (duration.toMinutesPart() != 0) return duration.toMinutes() + " min";
        return duration.toHours() + " h";
    }
}
