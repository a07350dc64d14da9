package org.helpline.benchmarks;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How much is measured.
///
/// @param root the project's folder
/// @param rounds how often each figure is taken
/// @param rates calls a second, ascending
/// @param load how long calls are placed at one rate, in one round
/// @param progress for whoever waits
public record Settings(Path root, int rounds, List<Integer> rates, Duration load, PrintWriter progress) {
    public Settings {
        rates = List.copyOf(rates);
    }

    public void say(String line) {
        progress.println("bench: " + line);
        progress.flush();
    }
}
