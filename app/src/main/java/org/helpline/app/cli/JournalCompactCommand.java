package org.helpline.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.helpline.app.cli.JournalAccess.Opening;
import org.helpline.app.cli.JournalAccess.Refused;
import org.helpline.config.Configuration;
import org.helpline.records.sql.Cursor;
import org.helpline.records.sql.DatabaseAddress;
import org.helpline.records.sql.RecordDatabase;
import org.helpline.records.sql.RecordQueries;
import org.helpline.store.DomainStore.Opened;
import org.helpline.store.Journal;
import org.helpline.store.Snapshots.Snapshot;
import org.helpline.store.embedded.EmbeddedStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./helpline journal compact`.
@Command(
        name = "compact",
        description = {
            "Lets go what nobody needs any more: entries that are in the newest snapshot and in the contact records.",
            "A running Helpline does so by itself. This is for one that does not run, and refuses beside one that does."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:compacted, or there was nothing to let go",
            "1:Helpline runs, or the store or the records cannot be read",
            "2:wrong arguments or configuration"
        })
final class JournalCompactCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private JournalAccess access;

    @Override
    public Integer call() {
        return access.run(spec.commandLine().getErr(), this::compact);
    }

    private int compact(Opening opening) throws Refused, SQLException {
        long epoch = JournalAccess.await(() -> opening.store().lease().take(Duration.ZERO));
        Opened opened = JournalAccess.await(() -> opening.store().open(epoch));
        PrintWriter err = spec.commandLine().getErr();
        opened.findings().told().forEach(line -> err.println("helpline: " + line));
        Journal journal = opened.journal();
        Journal.Size before = JournalAccess.await(journal::size);
        long behindSnapshot = JournalAccess.await(() -> opened.snapshots().newest(Long.MAX_VALUE))
                .map(Snapshot::seq)
                .orElse(0L);
        long neededByRecords = neededByRecords(opening.configuration(), journal.name());
        long firstKept = Math.min(behindSnapshot + 1, neededByRecords);
        JournalAccess.await(() -> journal.trim(firstKept));
        if (opening.store() instanceof EmbeddedStore embedded) JournalAccess.await(embedded::shrink);
        Journal.Size after = JournalAccess.await(journal::size);
        JournalAccess.await(() -> opening.store().lease().release());
        print(before, after, behindSnapshot, neededByRecords);
        return 0;
    }

    /// Records that were never written need everything.
    private static long neededByRecords(Configuration configuration, String journal) throws SQLException {
        DatabaseAddress address = configuration
                .records()
                .database()
                .map(server -> (DatabaseAddress) server)
                .orElse(new DatabaseAddress.Embedded(configuration.data().resolve("records.db")));
        if (address instanceof DatabaseAddress.Embedded embedded && Files.notExists(embedded.file())) return 1;
        try (RecordDatabase database = new RecordDatabase(address)) {
            Optional<Cursor> cursor =
                    new RecordQueries(database).cursor(configuration.domain().domain());
            return cursor.filter(known -> known.journal().equals(journal))
                    .map(Cursor::resumeSeq)
                    .orElse(1L);
        }
    }

    private void print(Journal.Size before, Journal.Size after, long snapshot, long records) {
        PrintWriter out = spec.commandLine().getOut();
        if (access.isJson()) {
            out.println(new ObjectMapper()
                    .createObjectNode()
                    .put("entriesBefore", before.entries())
                    .put("entries", after.entries())
                    .put("bytesBefore", before.bytes())
                    .put("bytes", after.bytes())
                    .put("snapshotSeq", snapshot)
                    .put("neededByRecordsFrom", records)
                    .toPrettyString());
        } else {
            out.println(String.format(
                    Locale.ROOT,
                    "entries    %,d became %,d; the newest snapshot is of entry %d, the records need entry %d and later",
                    before.entries(),
                    after.entries(),
                    snapshot,
                    records));
            out.println(String.format(Locale.ROOT, "bytes      %,d became %,d", before.bytes(), after.bytes()));
        }
        out.flush();
    }
}
