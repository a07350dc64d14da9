package org.helpline.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The environment, asked variable by variable. An empty variable counts as not set, because that is what compose files
/// make of one that is not there.
final class Environment {
    static final String FILE = "environment";
    private static final String PREFIX = "HELPLINE_";

    /// Ours as well, but read by the scripts and the command line.
    private static final List<String> OTHERS = List.of(
            "HELPLINE_CONFIG",
            "HELPLINE_ASTERISK_SIP",
            "HELPLINE_ASTERISK_CALLER_PASSWORD",
            "HELPLINE_CACHE",
            "HELPLINE_JAVA_HOME",
            "HELPLINE_LOG_FORMAT",
            "HELPLINE_LOG_LEVEL",
            "HELPLINE_PASSWORD",
            "HELPLINE_SIP_PORT",
            "HELPLINE_RTP_PORTS",
            "HELPLINE_ASTERISK_HTTP_PORT",
            "HELPLINE_ASTERISK_AMI_PORT",
            "HELPLINE_TEST_INSTANCES",
            "HELPLINE_DEBIAN_MIRROR",
            "HELPLINE_DEBIAN_SUITE");

    private static final int MOST_SECRET_BYTES = 16 * 1024;

    private final Map<String, String> variables;
    private final Faults faults;
    private final SortedSet<String> known = new TreeSet<>(OTHERS);

    Environment(Map<String, String> variables, Faults faults) {
        this.variables = new TreeMap<>(variables);
        this.faults = faults;
    }

    Optional<String> text(String name) {
        known.add(name);
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(Predicate.not(String::isEmpty));
    }

    Optional<String> matching(String name, Pattern pattern, String allowed) {
        return text(name)
                .flatMap(value -> pattern.matcher(value).matches()
                        ? Optional.of(value)
                        : fault(name, "must be " + allowed + ", but is " + Faults.quoted(value)));
    }

    Optional<Integer> port(String name) {
        return text(name).flatMap(value -> {
            if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) >= 1 && Integer.parseInt(value) <= 65_535) {
                return Optional.of(Integer.parseInt(value));
            }
            return fault(name, "must be a port from 1 to 65535, but is " + Faults.quoted(value));
        });
    }

    /// A path, taken from the folder the program was started in.
    Optional<Path> path(String name) {
        return text(name).flatMap(value -> {
            try {
                return Optional.of(Path.of(value));
            } catch (InvalidPathException e) {
                return fault(name, "must be a path, but is " + Faults.quoted(value));
            }
        });
    }

    /// From the variable itself or from the file that NAME_FILE names. No message ever shows the value.
    Optional<String> secret(String name) {
        Optional<String> value = text(name);
        Optional<Path> file = path(name + "_FILE");
        if (value.isPresent() && file.isPresent()) {
            return fault(name, "is set and so is " + name + "_FILE; one of them is allowed");
        }
        return value.isPresent() ? value : file.flatMap(path -> secretIn(name + "_FILE", path));
    }

    private Optional<String> secretIn(String name, Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_SECRET_BYTES + 1);
            if (bytes.length > MOST_SECRET_BYTES) return fault(name, "names " + path + ", which is larger than 16 KiB");
            String secret = new String(bytes, StandardCharsets.UTF_8).strip();
            return secret.isEmpty() ? fault(name, "names " + path + ", which is empty") : Optional.of(secret);
        } catch (NoSuchFileException e) {
            return fault(name, "names " + path + ", which is not there");
        } catch (IOException e) {
            return fault(name, "names " + path + ", which cannot be read");
        }
    }

    /// A variable of ours that nobody asked for may belong to a script; one that nearly is a known name is a slip.
    void end() {
        for (String name : variables.keySet()) {
            if (!name.startsWith(PREFIX) || known.contains(name)) continue;
            YamlSection.didYouMean(name.substring(PREFIX.length()), unprefixed())
                    .ifPresent(meant -> fault(name, "is unknown; did you mean '" + PREFIX + meant + "'?"));
        }
    }

    private SortedSet<String> unprefixed() {
        SortedSet<String> names = new TreeSet<>();
        known.forEach(name -> names.add(name.substring(PREFIX.length())));
        return names;
    }

    void fault(Place place, String message) {
        faults.add(place, message);
    }

    <T> Optional<T> fault(String name, String message) {
        faults.add(FILE, 0, name, message);
        return Optional.empty();
    }
}
