package org.helpline.benchmarks.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.helpline.benchmarks.journal.StoredDomain.Start;
import org.helpline.config.Configuration;
import org.helpline.config.ConfigurationReader;
import org.helpline.store.Journal;
import org.junit.jupiter.api.Test;

class StoredDomainTest {
    @Test
    void whoWaitedWaitsAfterTwoRestarts() throws Exception {
        Configuration shipped = ConfigurationReader.read(Path.of("..", "config"), Map.of());
        try (Place place = Place.make(Place.Kind.EMBEDDED);
                StoredDomain domain = new StoredDomain(shipped, place, 3)) {
            domain.begin();
            domain.bringInLine(30);
            for (int restart = 0; restart < 2; restart++) {
                domain.kill();
                Start start = domain.goOn();
                assertTrue(start.read().compareTo(start.reconciled()) <= 0, start.toString());
                assertTrue(start.reconciled().compareTo(start.routed()) <= 0, start.toString());
                assertEquals(30, domain.waiting());
            }
            Journal.Size size = domain.size();
            assertEquals(size.lastSeq(), size.entries(), "nothing has left the journal yet");
        }
    }
}
