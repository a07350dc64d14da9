package org.helpline.benchmarks.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.helpline.benchmarks.Row;
import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void eachReleaseIsFollowedByTheNextCall() {
        List<Long> gaps = new ArrayList<>();
        Freed.addGaps(List.of(10L, 20L, 30L), List.of(1L, 12L, 25L), gaps);
        assertEquals(List.of(2L, 5L), gaps);
    }

    @Test
    void processorTimeIsUserAndSystem() {
        assertEquals(42, CpuTime.ticks("7 (odd) name)) S 1 7 7 0 -1 4194560 100 0 0 0 40 2 0 0 20 0 5 0 100 1000 10"));
    }

    @Test
    void roundsBecomeRowsBesideThePeer() {
        Samples samples = new Samples();
        samples.addTimes(Side.HELPLINE, "reaction", List.of(1_000_000L, 3_000_000L, 2_000_000L));
        samples.addTimes(Side.APP_QUEUE, "reaction", List.of(4_000_000L));
        samples.add(Side.HELPLINE, "alone", "calls", 5);
        samples.add(Side.HELPLINE, "two", "calls", 6);
        samples.add(Side.APP_QUEUE, "two", "calls", 3);
        samples.add(Side.APP_QUEUE_STATES, "two", "calls", 2);
        List<Row> rows = samples.rows("calls", "w");
        assertEquals(
                List.of("reaction, p50", "reaction, p95", "alone", "two", "two"),
                rows.stream().map(Row::name).toList());
        assertEquals(3, rows.get(4).ratio().orElseThrow());
        assertEquals(2, rows.get(0).figure().value());
        assertEquals(4, rows.get(0).peer().orElseThrow().figure().value());
        assertEquals(0.5, rows.get(0).ratio().orElseThrow());
    }
}
