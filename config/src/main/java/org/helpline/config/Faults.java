package org.helpline.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects what is wrong while reading goes on, so that one run tells everything.
final class Faults {
    /// A file of another kind altogether would otherwise fill a terminal.
    private static final int MOST = 100;

    private final List<ConfigurationFault> faults = new ArrayList<>();

    void add(String file, int line, String path, String message) {
        var fault = new ConfigurationFault(file, line, path, message);
        if (!faults.contains(fault)) faults.add(fault);
    }

    void add(Place place, String message) {
        add(place.file(), place.line(), place.path(), message);
    }

    int count() {
        return faults.size();
    }

    boolean any() {
        return !faults.isEmpty();
    }

    /// In the order of files and lines, at most a hundred.
    List<ConfigurationFault> told() {
        List<ConfigurationFault> sorted = faults.stream()
                .sorted(Comparator.comparing(ConfigurationFault::file).thenComparingInt(ConfigurationFault::line))
                .toList();
        if (sorted.size() <= MOST) return sorted;
        List<ConfigurationFault> told = new ArrayList<>(sorted.subList(0, MOST));
        ConfigurationFault next = sorted.get(MOST);
        told.add(new ConfigurationFault(
                next.file(), next.line(), "", "and " + (sorted.size() - MOST) + " more faults from here on"));
        return told;
    }

    /// A value as it is shown in a message: in quotes, bounded, on one line.
    static String quoted(String value) {
        StringBuilder shown = new StringBuilder("'");
        value.codePoints().limit(60).forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return shown.append(value.codePointCount(0, value.length()) > 60 ? "...'" : "'")
                .toString();
    }
}
