package org.helpline.telephony.simulated;

import java.time.Duration;
import java.util.List;

/// Who calls in the demo. Means are of exponential draws, so that arrivals look like a real line's.
///
/// @param called the numbers they dial, each as likely
/// @param languageKeys the keys they choose a language with; a key listed twice is twice as likely
/// @param needKeys the keys they choose a need with
public record DemoSettings(
        List<String> called,
        List<Character> languageKeys,
        List<Character> needKeys,
        Duration meanBetweenCalls,
        Duration meanPatience,
        Duration meanTalk,
        int maxCallers) {
    public DemoSettings {
        called = List.copyOf(called);
        languageKeys = List.copyOf(languageKeys);
        needKeys = List.copyOf(needKeys);
        if (called.isEmpty() || languageKeys.isEmpty() || needKeys.isEmpty()) {
            throw new IllegalArgumentException("called, languageKeys and needKeys must not be empty");
        }
    }

    /// Callers of the demo deployment's first number, about one every eight seconds.
    public static DemoSettings standard() {
        return new DemoSettings(
                List.of("18005550100"),
                List.of('1', '1', '2'),
                List.of('1', '2', '3', '4', '5'),
                Duration.ofSeconds(8),
                Duration.ofMinutes(3),
                Duration.ofSeconds(30),
                50);
    }
}
