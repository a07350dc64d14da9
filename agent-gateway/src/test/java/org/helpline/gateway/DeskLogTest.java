package org.helpline.gateway;

import static org.helpline.gateway.DeskNumbers.PER_ENTRY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.helpline.gateway.Projection.Told;
import org.helpline.router.AgentId;
import org.junit.jupiter.api.Test;

/// Numbers of desk messages mean the same in each run.
class DeskLogTest {
    private final DeskNumbers numbers = new DeskNumbers();
    private final DeskLog log = new DeskLog(numbers, 10_000);

    @Test
    void whatAnEntryLedToIsNumberedAfterIt() {
        numbers.entries(1, 9);
        assertEquals(3 * PER_ENTRY, because(3));
        assertEquals(3 * PER_ENTRY + 1, because(3));
        assertEquals(9 * PER_ENTRY, because(9));
    }

    @Test
    void whatNoEntryLedToCountsOnBehindTheNewest() {
        numbers.entries(1, 2);
        assertEquals(2 * PER_ENTRY, because(2));
        assertEquals(2 * PER_ENTRY + 1, add(OptionalLong.empty(), "a").orElseThrow());
        numbers.entries(3, 3);
        assertEquals(3 * PER_ENTRY, because(3));
    }

    @Test
    void whenTheRoomBehindAnEntryIsFullTheNewestWaitsForTheNextEntry() {
        numbers.entries(1, 1);
        because(1);
        for (long k = 1; k < PER_ENTRY; k++) {
            assertEquals(PER_ENTRY + k, add(OptionalLong.empty(), "x").orElseThrow());
        }
        assertTrue(add(OptionalLong.empty(), "one too many").isEmpty());
        assertTrue(add(OptionalLong.empty(), "newest").isEmpty());
        assertTrue(log.late().isEmpty(), "still no entry");
        assertTrue(log.holdsBack());
        numbers.entries(2, 2);
        assertEquals(2 * PER_ENTRY, because(2));
        DeskLog.Message late = log.late().orElseThrow();
        assertEquals(2 * PER_ENTRY + 1, late.seq());
        assertEquals("newest", late.told().body().getString("what"));
        assertFalse(log.holdsBack());
    }

    @Test
    void aTabGoesOnFromWhatItKnows() {
        numbers.entries(1, 5);
        because(2);
        because(4);
        assertTrue(log.canResume(3 * PER_ENTRY), "any number that can have been given");
        assertEquals(3 * PER_ENTRY, log.enter(OptionalLong.of(3 * PER_ENTRY)));
        assertEquals(
                List.of(4 * PER_ENTRY),
                log.since(3 * PER_ENTRY).stream().map(DeskLog.Message::seq).toList());
        assertFalse(log.canResume(PER_ENTRY - 2), "before the first entry");
        assertFalse(log.canResume(6 * PER_ENTRY), "after the newest");
    }

    @Test
    void whatATabSawOfAnEarlierRunIsNotGivenAgain() {
        numbers.startAfter(20);
        numbers.entries(21, 30);
        long seen = 30 * PER_ENTRY + 3;
        assertEquals(seen, log.enter(OptionalLong.of(seen)));
        assertEquals(seen + 1, add(OptionalLong.empty(), "a").orElseThrow());
    }

    @Test
    void aRecoveredRunKnowsWhatCameAfterItsSnapshot() {
        numbers.startAfter(20);
        numbers.entries(21, 30);
        assertFalse(log.canResume(20 * PER_ENTRY), "perhaps entry 20 led to more than that");
        assertTrue(log.canResume(21 * PER_ENTRY));
    }

    @Test
    void numbersOfLostEntriesAreKnownToBeLost() {
        numbers.entries(1, 10);
        because(10);
        numbers.entries(21, 25);
        assertTrue(log.canResume(10 * PER_ENTRY), "has seen nothing that is lost");
        assertFalse(log.canResume(11 * PER_ENTRY));
        assertFalse(log.canResume(20 * PER_ENTRY + 5));
        assertTrue(log.canResume(21 * PER_ENTRY));
        numbers.entries(31, 31);
        assertFalse(log.canResume(10 * PER_ENTRY), "only the newest loss is remembered exactly");
        assertTrue(log.canResume(25 * PER_ENTRY));
        assertFalse(log.canResume(30 * PER_ENTRY));
    }

    @Test
    void entriesComeInOrder() {
        numbers.entries(1, 3);
        numbers.entries(4, 3);
        assertThrows(IllegalStateException.class, () -> numbers.entries(3, 4));
    }

    private long because(long entry) {
        return add(OptionalLong.of(entry), "because").orElseThrow();
    }

    private Optional<Long> add(OptionalLong entry, String what) {
        Told told = new Told(
                new AgentId("agent1"),
                ServerMessage.Type.AGENT_STATE,
                new JsonObject().put("what", what),
                Optional.empty(),
                entry);
        return log.add(told).map(DeskLog.Message::seq);
    }
}
