package org.helpline.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/// One YAML file: read, bounded, parsed into nodes that know their lines.
///
/// Bounds come first, because the library recurses over nesting and repeats what aliases point to: a file of a few
/// kilobytes could otherwise end in a stack overflow or in gigabytes.
final class YamlFile {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_NESTING = 24;
    private static final int MOST_ALIASES = 50;

    private final String name;
    private final Faults faults;

    private YamlFile(String name, Faults faults) {
        this.name = name;
        this.faults = faults;
    }

    /// Empty when the file cannot be read as a mapping; the faults say why.
    static Optional<YamlSection> read(Path path, Faults faults) {
        return new YamlFile(path.toString(), faults).section(path);
    }

    private Optional<YamlSection> section(Path path) {
        return text(path).flatMap(this::node).flatMap(root -> {
            int line = root.getStartMark().map(Mark::getLine).orElse(0) + 1;
            return new YamlValue(root, new Place(name, line, ""), faults).section();
        });
    }

    private Optional<String> text(Path path) {
        byte[] bytes;
        // A pipe or a device could keep the reader waiting for ever.
        if (Files.exists(path) && !Files.isRegularFile(path)) return fault(0, "must be a plain file");
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (NoSuchFileException e) {
            return fault(0, "is not there");
        } catch (AccessDeniedException e) {
            return fault(0, "may not be read by this user");
        } catch (IOException e) {
            return fault(0, "cannot be read: " + e.getMessage());
        }
        if (bytes.length > MOST_BYTES) return fault(0, "is larger than 1 MiB, which is the most allowed");
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
            return Optional.of(decoder.decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return fault(lineOfBadByte(bytes), "is not UTF-8 text from this line on");
        }
    }

    private Optional<Node> node(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setAllowDuplicateKeys(true)
                .build();
        try {
            if (!bounded(new Parse(settings).parseString(text))) return Optional.empty();
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.isPresent() ? root : fault(1, "is empty");
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            return fault(
                    mark.map(Mark::getLine).orElse(0) + 1,
                    "is not YAML at column " + (mark.map(Mark::getColumn).orElse(0) + 1) + ": "
                            + oneLine(e.getProblem() == null ? e.getContext() : e.getProblem()));
        } catch (ReaderException e) {
            return fault(
                    lineAt(text, e.getPosition()),
                    "has the character U+%04X, which YAML does not allow".formatted(e.getCodePoint()));
        } catch (YamlEngineException e) {
            return fault(1, "is not YAML: " + oneLine(e.getMessage()));
        }
    }

    private boolean bounded(Iterable<Event> events) {
        int depth = 0;
        int aliases = 0;
        int documents = 0;
        for (Event event : events) {
            int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case Alias -> aliases++;
                case DocumentStart -> documents++;
                case Comment, DocumentEnd, Scalar, StreamEnd, StreamStart -> {}
            }
            if (depth > MOST_NESTING) {
                return fault(line, "nests deeper than " + MOST_NESTING + " levels")
                        .isPresent();
            }
            if (aliases > MOST_ALIASES) {
                return fault(line, "has more than " + MOST_ALIASES + " aliases").isPresent();
            }
            if (documents > 1) {
                return fault(line, "has a second document ('---'); one is allowed")
                        .isPresent();
            }
        }
        return true;
    }

    private <T> Optional<T> fault(int line, String message) {
        faults.add(name, line, "", message);
        return Optional.empty();
    }

    private static String oneLine(String message) {
        return message == null ? "unknown syntax" : message.strip().replaceAll("\\s+", " ");
    }

    private static int lineAt(String text, int position) {
        return 1
                + (int) text.codePoints()
                        .limit(Math.max(0, position))
                        .filter(c -> c == '\n')
                        .count();
    }

    private static int lineOfBadByte(byte[] bytes) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length);
        decoder.decode(in, out, true);
        int line = 1;
        for (int i = 0; i < in.position(); i++) if (bytes[i] == '\n') line++;
        return line;
    }
}
