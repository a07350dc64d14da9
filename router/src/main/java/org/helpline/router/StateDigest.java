package org.helpline.router;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 over a canonical text of everything that later behaviour can depend on. Indexes are left out: they
/// are derived from the rows.
final class StateDigest {
    private StateDigest() {}

    static String of(DomainTables tables) {
        try {
            byte[] bytes = text(tables).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String text(DomainTables tables) {
        var text = new StringBuilder();
        line(text, "settings", tables.settings());
        tables.queueRows().values().forEach(queue -> line(text, "queue", queue));
        tables.agents().forEach(agent -> line(text, "agent", agent));
        tables.contacts().stream().sorted(Contact.BY_AGE).forEach(contact -> line(text, "contact", contact));
        tables.wrapUps().all().forEach(wrapUp -> line(text, "wrap-up", wrapUp));
        tables.supervisions().all().forEach(supervision -> line(text, "supervision", supervision));
        tables.closedQueues().forEach(queue -> line(text, "closed", queue));
        tables.timers().all().forEach(timer -> line(text, "timer", timer));
        line(text, "generation", tables.timers().newestGeneration());
        line(text, "offers", tables.offersMade());
        line(text, "supervisions", tables.supervisions().requested());
        // Only when it is so: digests of journals from before there was such a thing stay what they were.
        tables.places().all().forEach(place -> line(text, "place", place));
        if (tables.offersSuspended()) line(text, "offers", "suspended");
        return text.toString();
    }

    private static void line(StringBuilder text, String kind, Object row) {
        text.append(kind).append(' ').append(row).append('\n');
    }
}
