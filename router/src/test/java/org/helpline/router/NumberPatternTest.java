package org.helpline.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers that agents may transfer to.
class NumberPatternTest {
    @ParameterizedTest
    @CsvSource({
        "+12125550199, +12125550199, true",
        "+12125550199, +12125550198, false",
        "+1212555XXXX, +12125550199, true",
        "+1212555XXXX, +1212555019, false",
        "+1212555XXXX, +121255501999, false",
        "+1212555XXXX, 12125550199, false",
        "311, 311, true",
        "311, 3111, false",
        "1800*, 1800, true",
        "1800*, 18005550100, true",
        "1800*, 1800555#9, false",
        "1800*, 180, false",
        "1X*, 19, true",
        "1X*, 1, false",
    })
    void matches(String pattern, String number, boolean expected) {
        NumberPattern.check(pattern);
        assertEquals(expected, NumberPattern.matches(pattern, number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "X*", "+", "+1*2", "1 2", "[0-9]+", "sip:a@b", "111111111111111111111111111111111"})
    void isNoPattern(String pattern) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new DomainSettings(
                        "demo", List.of(), List.of(), DomainSettings.DisconnectGraces.DEFAULT, List.of(pattern)));
    }
}
