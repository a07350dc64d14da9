package org.helpline.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.helpline.router.ContactId;
import org.junit.jupiter.api.Test;

class ContactIdsTest {
    @Test
    void ids_are_26_characters_unique_and_sort_by_time() {
        Instant earlier = Instant.parse("2026-03-08T06:59:59.999Z");
        ContactIds before = new ContactIds(() -> earlier);
        ContactIds after = new ContactIds(() -> earlier.plusMillis(1));

        Set<ContactId> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) ids.add(before.get());

        assertEquals(1_000, ids.size());
        ContactId late = after.get();
        assertEquals(26, late.value().length());
        assertTrue(ids.stream().allMatch(id -> id.compareTo(late) < 0));
    }
}
