package org.helpline.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.helpline.benchmarks.calls.CallsGroup;
import org.helpline.benchmarks.gateway.GatewayGroup;
import org.helpline.benchmarks.journal.JournalGroup;
import org.helpline.benchmarks.records.RecordsGroup;
import org.helpline.benchmarks.router.RouterGroup;

/// What can be measured.
enum Group {
    ROUTER,
    CALLS,
    GATEWAY,
    RECORDS,
    JOURNAL;

    static Optional<Group> of(String word) {
        return Arrays.stream(values())
                .filter(group -> group.word().equals(word))
                .findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static String words() {
        return String.join(", ", Arrays.stream(values()).map(Group::word).toList());
    }

    List<Row> measure(Settings settings) throws IOException, InterruptedException {
        return switch (this) {
            case ROUTER -> RouterGroup.measure(settings);
            case CALLS -> CallsGroup.measure(settings);
            case GATEWAY -> GatewayGroup.measure(settings);
            case RECORDS -> RecordsGroup.measure(settings);
            case JOURNAL -> JournalGroup.measure(settings);
        };
    }
}
