package org.helpline.app.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransitionLogTest {
    @Test
    void numbers_are_masked() {
        assertEquals("**********12", TransitionLog.masked(Optional.of("+12125550112")));
        assertEquals("***", TransitionLog.masked(Optional.of("911")));
        assertEquals("withheld", TransitionLog.masked(Optional.empty()));
    }
}
