package org.helpline.app.run;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.helpline.router.ContactId;

/// Makes contact ids: 26 characters, time first so that they sort by arrival, then 80 random bits (the ULID layout), so
/// that several nodes never collide.
final class ContactIds implements Supplier<ContactId> {
    private static final char[] CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int TIME_CHARACTERS = 10;
    private static final int RANDOM_CHARACTERS = 16;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    ContactIds(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public ContactId get() {
        char[] id = new char[TIME_CHARACTERS + RANDOM_CHARACTERS];
        long time = clock.millis();
        for (int i = TIME_CHARACTERS - 1; i >= 0; i--) {
            id[i] = CROCKFORD[(int) (time & 31)];
            time >>>= 5;
        }
        for (int i = TIME_CHARACTERS; i < id.length; i++) id[i] = CROCKFORD[random.nextInt(32)];
        return new ContactId(new String(id));
    }
}
