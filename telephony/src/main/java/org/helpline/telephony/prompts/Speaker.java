package org.helpline.telephony.prompts;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Speaks a text with espeak-ng.
final class Speaker {
    private static final long TIMEOUT_SECONDS = 60;

    private final List<String> command;

    Speaker(List<String> command) {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("the espeak-ng command must not be empty");
        }
        this.command = List.copyOf(command);
    }

    /// @throws IOException with one line that says why not
    Wav speak(String voice, String text, Path scratch) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(command);
        // The text goes by standard input: it may begin with a dash, and a process list is public.
        line.addAll(List.of("-v", voice, "-w", scratch.toString(), "--stdin"));
        Path complaints = scratch.resolveSibling(scratch.getFileName() + ".log");
        try {
            Process process = start(line, complaints);
            try (OutputStream in = process.getOutputStream()) {
                in.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException brokenPipe) {
                // It ended before it had read all; its exit code says why.
            }
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command.getFirst() + " did not finish within " + TIMEOUT_SECONDS + " s");
            }
            if (process.exitValue() != 0 || !Files.exists(scratch)) {
                throw new IOException(
                        command.getFirst() + " with voice " + voice + " failed: " + firstLine(complaints));
            }
            Wav spoken = Wav.parse(Files.readAllBytes(scratch));
            if (spoken.length() == 0) {
                throw new IOException(command.getFirst() + " with voice " + voice + " said nothing");
            }
            return spoken;
        } finally {
            Files.deleteIfExists(scratch);
            Files.deleteIfExists(complaints);
        }
    }

    private Process start(List<String> line, Path complaints) throws IOException {
        try {
            return new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(complaints.toFile())
                    .start();
        } catch (IOException failure) {
            throw new IOException(
                    "there is no espeak-ng at '" + command.getFirst() + "'; install it or record the prompt", failure);
        }
    }

    private static String firstLine(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("no message");
    }
}
