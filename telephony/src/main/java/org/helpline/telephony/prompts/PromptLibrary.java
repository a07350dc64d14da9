package org.helpline.telephony.prompts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.helpline.telephony.CallCommand.PromptRef;

/// Everything that callers can hear, as files that Asterisk can play.
///
/// The folder `out` holds one audio file a prompt, `LANGUAGE/KEY.EXTENSION`, under names that never change:
/// the dialplan plays `helpline/LANGUAGE/KEY` too. A recording wins over a text. What a file was made from
/// stands beside it in `KEY.source`, so that nothing is made twice.
public final class PromptLibrary {
    /// In order of preference, should several recordings of one prompt lie there.
    private static final List<String> RECORDING_TYPES =
            List.of("wav", "g722", "sln", "ulaw", "ul", "alaw", "al", "gsm");

    private static final String SOURCE = ".source";
    /// Part of the hash: changes when the way audio is made does.
    private static final String MAKING = "espeak-ng, 8000 Hz, 1";

    private final SortedMap<String, SpokenLanguage> languages = new TreeMap<>();
    private final Path recordings;
    private final Path out;
    private final Speaker speaker;
    private final int parallelism;

    /// @param recordings folder of `LANGUAGE/KEY.wav` (or `.gsm`, `.ulaw`, ...); may be missing
    /// @param out folder for the files that are played; made when missing
    /// @param espeak the espeak-ng command
    /// @param parallelism how many prompts are made at the same time
    public PromptLibrary(
            Collection<SpokenLanguage> languages, Path recordings, Path out, List<String> espeak, int parallelism) {
        languages.forEach(language -> this.languages.put(language.tag(), language));
        this.recordings = recordings.toAbsolutePath();
        this.out = out.toAbsolutePath();
        this.speaker = new Speaker(espeak);
        this.parallelism = Math.max(1, parallelism);
    }

    /// @param done prompts seen so far, of `total`
    /// @param latest the one just seen, as `LANGUAGE/KEY`
    public record Progress(int done, int total, String latest) {}

    public record Prepared(int spoken, int recorded, int unchanged) {}

    /// One line for each needed prompt that has neither a recording nor a text with a voice.
    public List<String> faults(Collection<PromptRef> needed) {
        return needed.stream()
                .distinct()
                .filter(prompt -> !canBeMade(prompt))
                .map(prompt -> "prompt " + prompt.language() + "/" + prompt.key() + " has no recording "
                        + recordings.resolve(prompt.language()).resolve(prompt.key() + ".wav") + " and "
                        + (hasVoice(prompt.language())
                                ? "no text in language '" + prompt.language() + "'"
                                : "there is no voice for language '" + prompt.language() + "'"))
                .toList();
    }

    private boolean hasVoice(String language) {
        return Optional.ofNullable(languages.get(language))
                .flatMap(SpokenLanguage::voice)
                .isPresent();
    }

    private boolean canBeMade(PromptRef prompt) {
        SpokenLanguage.name("language tag", prompt.language());
        SpokenLanguage.name("prompt key", prompt.key());
        boolean spoken = hasVoice(prompt.language())
                && languages.get(prompt.language()).texts().containsKey(prompt.key());
        return spoken || recordingOf(prompt).isPresent();
    }

    /// The audio file of a prompt, without its extension.
    ///
    /// @throws IllegalArgumentException for a prompt that nobody recorded or wrote
    public Path resolve(String language, String key) {
        PromptRef prompt = new PromptRef(language, key);
        if (!canBeMade(prompt)) {
            throw new IllegalArgumentException(faults(List.of(prompt)).getFirst());
        }
        return out.resolve(language).resolve(key);
    }

    /// The name under which Asterisk knows a prompt, when its `helpline` sounds are the folder `out`.
    public static String sound(PromptRef prompt) {
        return "helpline/" + prompt.language() + "/" + prompt.key();
    }

    /// Makes what is missing or has changed. Blocks; not for an event loop.
    ///
    /// @throws PromptException when a prompt cannot be made; the rest was made all the same
    public Prepared prepare(Consumer<Progress> progress) {
        SortedSet<String> prompts = new TreeSet<>();
        languages.values().forEach(language -> {
            prompts.addAll(recorded(language.tag()));
            if (language.voice().isPresent()) {
                language.texts().keySet().forEach(key -> prompts.add(language.tag() + "/" + key));
            }
        });
        Tally tally = new Tally(prompts.size(), progress);
        Semaphore permits = new Semaphore(parallelism);
        List<String> problems = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Made>> making = new ArrayList<>();
            for (String prompt : prompts) {
                making.add(threads.submit(() -> {
                    permits.acquire();
                    try {
                        return tally.count(prompt, make(prompt));
                    } finally {
                        permits.release();
                    }
                }));
            }
            making.forEach(each -> problem(each).ifPresent(problems::add));
        }
        if (!problems.isEmpty()) {
            String others = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)";
            throw new PromptException(problems.getFirst() + others);
        }
        return tally.result();
    }

    private static Optional<String> problem(Future<Made> making) {
        try {
            making.get();
            return Optional.empty();
        } catch (ExecutionException failure) {
            return Optional.of(String.valueOf(failure.getCause().getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private enum Made {
        SPOKEN,
        RECORDED,
        UNCHANGED
    }

    private static final class Tally {
        private final int total;
        private final Consumer<Progress> progress;
        private final Map<Made, Integer> counts = new EnumMap<>(Made.class);
        private int done;

        Tally(int total, Consumer<Progress> progress) {
            this.total = total;
            this.progress = progress;
        }

        synchronized Made count(String prompt, Made made) {
            counts.merge(made, 1, Integer::sum);
            progress.accept(new Progress(++done, total, prompt));
            return made;
        }

        synchronized Prepared result() {
            return new Prepared(
                    counts.getOrDefault(Made.SPOKEN, 0),
                    counts.getOrDefault(Made.RECORDED, 0),
                    counts.getOrDefault(Made.UNCHANGED, 0));
        }
    }

    private Made make(String name) {
        PromptRef prompt = new PromptRef(name.substring(0, name.indexOf('/')), name.substring(name.indexOf('/') + 1));
        Optional<Path> recording = recordingOf(prompt);
        try {
            return recording.isPresent() ? takeRecording(prompt, recording.get()) : speak(prompt);
        } catch (IOException failure) {
            throw new PromptException("prompt " + name + " cannot be made"
                    + recording.map(file -> " from " + file).orElse("") + ": " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PromptException("prompt " + name + " was interrupted");
        }
    }

    private Made speak(PromptRef prompt) throws IOException, InterruptedException {
        SpokenLanguage language = languages.get(prompt.language());
        String voice = language.voice().orElseThrow();
        String text = language.texts().get(prompt.key());
        String source = hash(String.join("\n", MAKING, voice, text).getBytes(StandardCharsets.UTF_8));
        if (isThere(prompt, "wav", source)) {
            return Made.UNCHANGED;
        }
        Path folder = Files.createDirectories(out.resolve(prompt.language()));
        Path scratch = folder.resolve("." + prompt.key() + ".spoken");
        place(
                prompt,
                "wav",
                source,
                speaker.speak(voice, text, scratch).forTelephone().encode());
        return Made.SPOKEN;
    }

    /// A WAV recording may have any rate and number of channels; Asterisk would play only 8 kHz mono, and be
    /// silent for the rest.
    private Made takeRecording(PromptRef prompt, Path recording) throws IOException {
        String name = recording.getFileName().toString();
        String type = name.substring(name.lastIndexOf('.') + 1);
        byte[] content = Files.readAllBytes(recording);
        String source = "recording " + hash(content);
        if (isThere(prompt, type, source)) {
            return Made.UNCHANGED;
        }
        place(
                prompt,
                type,
                source,
                type.equals("wav") ? Wav.parse(content).forTelephone().encode() : content);
        return Made.RECORDED;
    }

    private Optional<Path> recordingOf(PromptRef prompt) {
        Path folder = recordings.resolve(prompt.language());
        return RECORDING_TYPES.stream()
                .map(type -> folder.resolve(prompt.key() + "." + type))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private List<String> recorded(String language) {
        Path folder = recordings.resolve(language);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> RECORDING_TYPES.contains(name.substring(name.lastIndexOf('.') + 1)))
                    .map(name -> language + "/" + name.substring(0, name.lastIndexOf('.')))
                    .toList();
        } catch (IOException failure) {
            throw new PromptException("recordings in " + folder + " cannot be read: " + failure.getMessage());
        }
    }

    private boolean isThere(PromptRef prompt, String type, String source) throws IOException {
        Path folder = out.resolve(prompt.language());
        Path sidecar = folder.resolve(prompt.key() + SOURCE);
        return Files.isRegularFile(folder.resolve(prompt.key() + "." + type))
                && Files.isRegularFile(sidecar)
                && Files.readString(sidecar, StandardCharsets.UTF_8).strip().equals(source);
    }

    /// The audio first and what it was made from last: a crash in between only makes it be made again.
    private void place(PromptRef prompt, String type, String source, byte[] audio) throws IOException {
        Path folder = Files.createDirectories(out.resolve(prompt.language()));
        String name = prompt.key() + "." + type;
        write(folder.resolve(name), audio);
        // Another type of the same prompt, from before, could be played in its place.
        try (DirectoryStream<Path> others = Files.newDirectoryStream(folder, prompt.key() + ".*")) {
            for (Path other : others) {
                if (!other.getFileName().toString().equals(name)) {
                    Files.delete(other);
                }
            }
        }
        write(folder.resolve(prompt.key() + SOURCE), source.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path file, byte[] content) throws IOException {
        Path scratch = file.resolveSibling("." + file.getFileName() + ".new");
        Files.write(scratch, content);
        Files.move(scratch, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The languages it was built with, by tag.
    public SortedMap<String, SpokenLanguage> languages() {
        return Collections.unmodifiableSortedMap(languages);
    }
}
