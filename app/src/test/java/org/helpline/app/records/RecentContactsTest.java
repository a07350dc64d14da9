package org.helpline.app.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.helpline.gateway.CallerHistory;
import org.helpline.gateway.CallerHistory.Previous;
import org.helpline.store.CallerMemory.Contact;
import org.junit.jupiter.api.Test;

class RecentContactsTest {
    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00.123Z");
    private static final String NUMBER = "+12125550147";

    private Future<List<Previous>> recorded = Future.succeededFuture(List.of());
    private final RecentContacts recent = new RecentContacts(_ -> recorded, number -> Optional.of("key of " + number));

    private static Contact contact(Instant at) {
        return new Contact(at, "social-services", Optional.of("snap"));
    }

    private void told(Contact... contacts) {
        recent.told("key of " + NUMBER, List.of(contacts));
    }

    @Test
    void whatTheRecordsDoNotHaveIsAdded() {
        Previous known = new Previous(NOON.plusNanos(456), List.of("SNAP - Skipped Benefit"));
        recorded = Future.succeededFuture(List.of(known));
        told(contact(NOON.plusSeconds(60)), contact(NOON));
        assertEquals(
                List.of(new Previous(NOON.plusSeconds(60), List.of()), known),
                recent.of(NUMBER).result());
    }

    @Test
    void whenTheRecordsCannotBeReadItIsAllThereIs() {
        recorded = Future.failedFuture("the database is away");
        assertTrue(recent.of(NUMBER).failed());
        told(contact(NOON));
        assertEquals(List.of(new Previous(NOON, List.of())), recent.of(NUMBER).result());
    }

    @Test
    void nobodyElseIsToldOfThem() {
        told(contact(NOON));
        assertEquals(List.of(), recent.of("+12125550148").result());
    }

    /// The answer of the newest call counts, also when nothing is kept any more.
    @Test
    void theNewestAnswerCounts() {
        told(contact(NOON));
        told();
        assertEquals(List.of(), recent.of(NUMBER).result());
    }

    @Test
    void asManyAreToldAsTheDeskHasRoomFor() {
        var many = new ArrayList<Contact>();
        for (int i = 20; i > 0; i--) many.add(contact(NOON.plusSeconds(i)));
        told(many.toArray(Contact[]::new));
        List<Previous> all = recent.of(NUMBER).result();
        assertEquals(CallerHistory.MOST, all.size());
        assertEquals(NOON.plusSeconds(20), all.getFirst().at());
    }

    @Test
    void theLatestCallersAreKept() {
        for (int i = 0; i <= RecentContacts.MOST_CALLERS; i++) {
            recent.told("key of " + i, List.of(contact(NOON)));
        }
        assertEquals(List.of(), recent.of("0").result());
        assertEquals(1, recent.of("1").result().size());
    }
}
