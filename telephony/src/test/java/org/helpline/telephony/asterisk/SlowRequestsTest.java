package org.helpline.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlowRequestsTest {
    private final SlowRequests slow = new SlowRequests(0);

    @Test
    void theOneThatHeldUpTheOthersIsNamedAndTheyAreNot() {
        assertEquals(Optional.empty(), slow.answered("GET quick", ms(0), ms(900), 0));
        assertEquals(
                Optional.of("Asterisk took 2100 ms for POST slow; 2 more requests wait; "
                        + "slow ones left out since the last such line: 0"),
                slow.answered("POST slow", ms(100), ms(3000), 2));
        assertEquals(Optional.empty(), slow.answered("POST behind", ms(110), ms(3001), 1));
        assertEquals(Optional.empty(), slow.unanswered("POST behind too", ms(120), ms(3100), 0));
    }

    @Test
    void theLogIsToldNowAndThen() {
        slow.unanswered("POST first", ms(0), ms(5000), 0);
        assertEquals(Optional.empty(), slow.answered("POST second", ms(6000), ms(8000), 0));
        assertEquals(Optional.empty(), slow.answered("POST third", ms(8000), ms(14_999), 0));
        assertEquals(
                Optional.of("Asterisk has not answered within 5000 ms POST fourth; 0 more requests wait; "
                        + "slow ones left out since the last such line: 2"),
                slow.unanswered("POST fourth", ms(20_000), ms(25_000), 0));
    }

    private static long ms(long time) {
        return Duration.ofMillis(time).toNanos();
    }
}
