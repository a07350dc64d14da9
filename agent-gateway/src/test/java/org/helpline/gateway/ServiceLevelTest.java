package org.helpline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import org.helpline.gateway.ServiceLevelVariant.Counts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The variants of the service level, on the figures that tell them apart: 1,000 answered, 860 of them within
/// 20 s; 60 abandoned, 20 of them within 20 s and 10 within 5 s.
class ServiceLevelTest {
    @ParameterizedTest
    @CsvSource({
        "abandons-within-threshold-met, 83.02",
        "abandons-ignored, 86.00",
        "abandons-count-against, 81.13",
        "abandons-within-threshold-left-out, 82.69",
        "only-short-abandons-met, 82.08"
    })
    void eachVariantHasItsFigure(String word, String percent) {
        ServiceLevelVariant variant =
                ServiceLevelVariant.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        assertEquals(word, variant.word());
        BigDecimal value = BigDecimal.valueOf(variant.of(counted()).orElseThrow());
        assertEquals(new BigDecimal(percent), value.movePointRight(2).setScale(2, RoundingMode.HALF_UP));
    }

    @Test
    void everyWaitIsCountedWhereItBelongs() {
        assertEquals(new Counts(1_000, 860, 60, 20, 10), counted());
    }

    @ParameterizedTest
    @EnumSource
    void withoutContactsThereIsNoFigure(ServiceLevelVariant variant) {
        assertEquals(OptionalDouble.empty(), variant.of(Counts.NONE));
    }

    @Test
    void timesOutOfRangeAreRefused() {
        ServiceLevelVariant any = ServiceLevelVariant.ABANDONS_IGNORED;
        assertThrows(IllegalArgumentException.class, () -> new ServiceLevel(any, Duration.ZERO, Duration.ZERO));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ServiceLevel(any, Duration.ofSeconds(20), Duration.ofSeconds(21)));
    }

    /// Limits belong to what is within them.
    private static Counts counted() {
        ServiceLevel by = ServiceLevel.DEFAULT;
        Counts counts = Counts.NONE;
        for (int n = 0; n < 860; n++) counts = counts.plusAnswered(Duration.ofSeconds(n % 21), by);
        for (int n = 0; n < 140; n++) counts = counts.plusAnswered(Duration.ofMillis(20_001 + n), by);
        for (int n = 0; n < 10; n++) counts = counts.plusAbandoned(Duration.ofSeconds(n % 6), by);
        for (int n = 0; n < 10; n++) counts = counts.plusAbandoned(Duration.ofMillis(5_001 + n), by);
        for (int n = 0; n < 40; n++) counts = counts.plusAbandoned(Duration.ofSeconds(21 + n), by);
        return counts;
    }
}
