package org.helpline.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Row BESIDE = Row.beside(
            "calls",
            "p50",
            "10 calls/s",
            Figure.of(List.of(4.0, 2.0, 2.5)),
            "ms",
            "app_queue",
            Figure.of(List.of(5.0, 5.0, 5.0)));
    private static final Row ALONE = Row.alone("router", "cycles", "100 agents", Figure.once(123_456), "1/s");

    @Test
    void everyRowHasEveryKey() {
        JsonObject beside = new JsonObject(BESIDE.toJson().encode());
        assertEquals(
                List.of(
                        "group",
                        "name",
                        "world",
                        "value",
                        "low",
                        "high",
                        "unit",
                        "peer",
                        "peerValue",
                        "peerLow",
                        "peerHigh",
                        "ratio"),
                List.copyOf(beside.fieldNames()));
        assertEquals(beside.fieldNames(), new JsonObject(ALONE.toJson().encode()).fieldNames());
    }

    @Test
    void valueIsTheMedianAndTheRatioIsToThePeer() {
        assertEquals(
                "{\"group\":\"calls\",\"name\":\"p50\",\"world\":\"10 calls/s\",\"value\":2.50,\"low\":2.00,"
                        + "\"high\":4.00,\"unit\":\"ms\",\"peer\":\"app_queue\",\"peerValue\":5.00,\"peerLow\":5.00,"
                        + "\"peerHigh\":5.00,\"ratio\":0.500}",
                padded(BESIDE));
        assertEquals(
                "{\"group\":\"router\",\"name\":\"cycles\",\"world\":\"100 agents\",\"value\":123000,\"low\":123000,"
                        + "\"high\":123000,\"unit\":\"1/s\",\"peer\":null,\"peerValue\":null,\"peerLow\":null,"
                        + "\"peerHigh\":null,\"ratio\":null}",
                ALONE.toJson().encode());
    }

    private static String padded(Row row) {
        return row.toJson()
                .encode()
                .replace("2.5,", "2.50,")
                .replaceAll(":([245]),", ":$1.00,")
                .replace("0.5}", "0.500}");
    }

    @Test
    void noRatioToNothing() {
        Row row = Row.beside("g", "failures", "w", Figure.once(1), "calls", "p", Figure.once(0));
        assertTrue(row.ratio().isEmpty());
    }

    @Test
    void medianOfAnEvenNumberIsTheMeanOfTheMiddle() {
        assertEquals(new Figure(2.5, 1, 4), Figure.of(List.of(4.0, 1.0, 3.0, 2.0)));
        assertThrows(IllegalArgumentException.class, () -> Figure.of(List.of()));
    }

    @Test
    void percentilesAreNearestRank() {
        double[] hundred = new double[100];
        for (int i = 0; i < 100; i++) hundred[i] = 100 - i;
        assertEquals(50, Figure.percentile(hundred, 50));
        assertEquals(95, Figure.percentile(hundred, 95));
        assertEquals(100, Figure.percentile(hundred, 99.9));
        assertEquals(7, Figure.percentile(new double[] {7}, 50));
        assertThrows(IllegalArgumentException.class, () -> Figure.percentile(new double[0], 50));
        assertThrows(IllegalArgumentException.class, () -> Figure.percentile(hundred, 0));
    }

    @Test
    void tableIsAligned() {
        String[] lines = Table.of(List.of(BESIDE, ALONE)).split("\n", -1);
        assertEquals(5, lines.length);
        for (int i = 1; i < 4; i++) assertEquals(lines[0].length(), lines[i].length(), lines[i]);
        assertTrue(lines[2].contains("| 2 to 4 ") || lines[2].contains("| 2.00 to 4.00 "), lines[2]);
    }
}
