package org.helpline.store.embedded;

import static org.helpline.store.Samples.entries;
import static org.helpline.store.Samples.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.helpline.store.DomainStore;
import org.helpline.store.DomainStore.Opened;
import org.helpline.store.DomainStoreContract;
import org.helpline.store.Journal.Entry;
import org.helpline.store.JournalFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest extends DomainStoreContract {
    @TempDir
    Path folder;

    @Override
    protected DomainStore newStore() {
        return new EmbeddedStore(vertx, folder);
    }

    @Override
    protected void dies(DomainStore store) {
        // What a process leaves behind: its lock is gone, its files are as they are.
        await(() -> store.lease().release());
    }

    @Override
    protected void loseNewest(int count) {
        execute("DELETE FROM entry WHERE seq > (SELECT max(seq) FROM entry) - " + count);
    }

    @Test
    void nobodyElseReadsTheFiles() throws IOException {
        Opened opened = open(process(), 1);
        append(opened, entries(1, 3));
        await(() -> opened.snapshots().save(snapshot(3)));
        await(() -> process().lease().take(Duration.ZERO));

        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> made = files.filter(Files::isRegularFile).toList();
            assertTrue(made.size() >= 6, made.toString());
            for (Path file : made) {
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                        file.toString());
            }
        }
    }

    @Test
    void aFullDiskIsAwayUntilThereIsRoom() {
        DomainStore store = process();
        Opened opened = open(store, 1);
        append(opened, entries(1, 20));
        EmbeddedJournal journal = (EmbeddedJournal) opened.journal();
        await(() -> journal.pragma("max_page_count = 1"));

        assertEquals(Kind.AWAY, refusal(() -> journal.append(entries(21, 520))));
        assertEquals(Kind.AWAY, refusal(() -> journal.append(entries(521, 530))));
        assertEquals(entries(1, 20), read(opened, 1, 100));
        await(() -> journal.pragma("max_page_count = 1000000"));
        append(opened, entries(21, 520));
        append(opened, entries(521, 530));
        await(store::close);

        assertEquals(
                new DomainStore.Findings(530, 530, List.of()),
                open(process(), 2).findings());
    }

    @Test
    void whatIsTrimmedIsGone() throws IOException {
        DomainStore store = process();
        Opened opened = open(store, 1);
        append(opened, entries(1, 20_000));
        String contact = "c-77";
        assertTrue(isOnDisk(contact));
        long before = await(opened.journal()::size).bytes();

        await(() -> opened.journal().trim(19_001));
        long after = await(opened.journal()::size).bytes();
        assertTrue(after < before / 2 && after < 6_000_000, before + " bytes became " + after);
        await(store::close);
        assertFalse(isOnDisk(contact));
        assertEquals(entries(19_001, 20_000), read(open(process(), 2), 1, 10_000));
    }

    private boolean isOnDisk(String words) throws IOException {
        for (Path file : DataFolder.files(folder)) {
            if (Files.isRegularFile(file)
                    && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(words)) return true;
        }
        return false;
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefusedClearly() throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));
        DomainStore store = new EmbeddedStore(vertx, file.resolve("data"));

        String refusal = failure(() -> store.open(1)).getMessage();
        assertTrue(refusal.contains("a-file/data cannot be written"), refusal);
        assertTrue(refusal.contains("HELPLINE_DATA"), refusal);
        assertTrue(failure(() -> store.lease().take(Duration.ZERO)).getMessage().contains("HELPLINE_DATA"));
    }

    @Test
    void theRefusalSaysWhoOwnsTheFolder() {
        await(() -> process().lease().take(Duration.ZERO));
        String refusal = failure(() -> process().lease().take(Duration.ZERO)).getMessage();
        assertTrue(refusal.contains("process " + ProcessHandle.current().pid()), refusal);
        assertTrue(refusal.contains(folder.toString()), refusal);
    }

    @Test
    void epochsGrowThoughTheirFileIsLost() throws IOException {
        DomainStore one = process();
        long first = await(() -> one.lease().take(Duration.ZERO));
        open(one, first);
        await(one::close);
        Files.delete(folder.resolve("helpline.epoch"));

        assertEquals(first + 1, await(() -> process().lease().take(Duration.ZERO)));
    }

    @Test
    void aJournalOfJunkIsSetAsideAndTold() throws IOException {
        DomainStore store = process();
        Opened opened = open(store, 1);
        append(opened, entries(1, 10));
        await(store::close);
        Files.writeString(folder.resolve("journal.db"), "junk".repeat(5000));

        DomainStore.Findings found = open(process(), 2).findings();
        assertEquals(0, found.lastSeq());
        assertEquals(10, found.acknowledgedSeq());
        assertTrue(
                found.told().toString().contains("journal.db.damaged-"),
                found.told().toString());
        assertTrue(
                found.told().toString().contains("entries 1 to 10"),
                found.told().toString());
    }

    @Test
    void aMissingJournalKeepsItsNameByTheMark() throws IOException {
        DomainStore store = process();
        Opened opened = open(store, 1);
        append(opened, entries(1, 10));
        await(store::close);
        Files.delete(folder.resolve("journal.db"));

        Opened again = open(process(), 2);
        assertEquals(opened.journal().name(), again.journal().name());
        assertEquals(10, again.findings().acknowledgedSeq());
        assertEquals(Kind.GAP, refusal(() -> again.journal().append(entries(1, 1))));
        assertEquals(Kind.GAP, refusal(() -> again.journal().append(entries(11, 11))));
        await(() -> again.journal().restartAt(11));
        append(again, entries(11, 12));
    }

    @Test
    void aChangedFieldEndsTheSoundEntries() {
        DomainStore store = process();
        append(open(store, 1), entries(1, 100));
        await(store::close);
        execute("UPDATE entry SET contact = 'another' WHERE seq = 61");

        Opened again = open(process(), 2);
        assertEquals(60, again.findings().lastSeq());
        assertEquals(100, again.findings().acknowledgedSeq());
        assertEquals(entries(1, 60), read(again, 1, 1000));
    }

    @Test
    void entriesThatChangedPlacesAreNotTaken() {
        DomainStore store = process();
        append(open(store, 1), entries(1, 100));
        await(store::close);
        execute("UPDATE entry SET seq = 1000 WHERE seq = 61");
        execute("UPDATE entry SET seq = 61 WHERE seq = 62");

        assertEquals(entries(1, 60), read(open(process(), 2), 1, 1000));
    }

    @Test
    void damageBeforeTheSnapshotCostsNothingBehindIt() {
        DomainStore store = process();
        Opened opened = open(store, 1);
        append(opened, entries(1, 100));
        await(() -> opened.snapshots().save(snapshot(70)));
        await(store::close);
        execute("UPDATE entry SET contact = 'another' WHERE seq = 61");

        Opened again = open(process(), 2);
        assertEquals(100, again.findings().lastSeq());
        assertFalse(again.findings().told().isEmpty());
        assertEquals(entries(71, 100), read(again, 1, 1000));
        append(again, entries(101, 110));
    }

    @Test
    void aDamagedSnapshotIsToldAndTheOneBeforeTaken() throws IOException {
        DomainStore store = process();
        await(() -> store.lease().take(Duration.ZERO));
        Opened opened = open(store, 1);
        append(opened, entries(1, 100));
        await(() -> opened.snapshots().save(snapshot(40)));
        await(() -> opened.snapshots().save(snapshot(70)));
        await(store::close);
        Path newest = new SnapshotFiles(folder.resolve("snapshots")).file(70);
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 4;
        Files.write(newest, bytes);

        DomainStore after = process();
        await(() -> after.lease().take(Duration.ZERO));
        Opened again = open(after, 2);
        assertEquals(Optional.of(snapshot(40)), newest(again, Long.MAX_VALUE));
        assertTrue(
                again.findings().told().toString().contains(newest.getFileName().toString()));
        await(() -> again.snapshots().save(snapshot(100)));
        assertEquals(Optional.of(snapshot(40)), newest(again, 99));
    }

    @Test
    void aMissingSnapshotIsTold() throws IOException {
        DomainStore store = process();
        Opened opened = open(store, 1);
        append(opened, entries(1, 100));
        await(() -> opened.snapshots().save(snapshot(40)));
        await(() -> opened.snapshots().save(snapshot(70)));
        await(() -> opened.journal().trim(61));
        await(store::close);
        Files.delete(new SnapshotFiles(folder.resolve("snapshots")).file(70));

        assertEquals(
                List.of("the snapshot of entry 70 was saved and cannot be read; the one of entry 40 can"),
                open(process(), 2).findings().told());
    }

    @Test
    void damageFoundWhileItRunsIsMended() {
        DomainStore store = process();
        Opened opened = open(store, 1);
        append(opened, entries(1, 100));
        execute("UPDATE entry SET version = 9 WHERE seq = 61");

        assertEquals(entries(1, 60), read(opened, 1, 1000));
        assertEquals(Kind.GAP, refusal(() -> opened.journal().append(entries(101, 101))));
        await(() -> opened.journal().restartAt(101));
        append(opened, entries(101, 120));
        assertEquals(entries(101, 120), read(opened, 1, 1000));
    }

    @Test
    void aFlippedBitInTheEpochIsDamageAndNoOtherOwner() {
        DomainStore store = process();
        long epoch = await(() -> store.lease().take(Duration.ZERO));
        Opened opened = open(store, epoch);
        append(opened, entries(1, 100));
        execute("UPDATE base SET epoch = epoch + 8");

        append(opened, entries(101, 110));
        assertEquals(entries(1, 110), read(opened, 1, 1000));
        await(() -> opened.snapshots().save(snapshot(110)));
        await(() -> opened.journal().trim(50));
    }

    @Test
    void nobodyIsFencedByAHigherEpochWhileItHoldsTheFolder() throws Exception {
        DomainStore store = process();
        long epoch = await(() -> store.lease().take(Duration.ZERO));
        Opened opened = open(store, epoch);
        append(opened, entries(1, 100));
        writeEpoch(epoch + 8);

        append(opened, entries(101, 110));
        assertEquals(entries(1, 110), read(opened, 1, 1000));

        await(() -> store.lease().release());
        writeEpoch(epoch + 8);
        assertEquals(Kind.FENCED, refusal(() -> opened.journal().append(entries(111, 112))));
    }

    private void writeEpoch(long epoch) throws SQLException, Damage {
        try (JournalFile file = JournalFile.open(folder.resolve("journal.db"))) {
            file.writeBase(file.readBase().withEpoch(epoch));
        }
    }

    @Test
    void entriesOutOfTheirOrderInAnOpenFileAreDamage() throws IOException {
        DomainStore store = process();
        Opened opened = open(store, 1);
        append(opened, entries(1, 1000));
        EmbeddedJournal journal = (EmbeddedJournal) opened.journal();
        await(() -> journal.pragma("wal_checkpoint(TRUNCATE)"));
        swapPagesOfEntries();
        await(() -> journal.pragma("shrink_memory"));

        List<Entry> kept = read(opened, 1, 2000);
        assertTrue(!kept.isEmpty() && kept.size() < 1000, kept.size() + " entries");
        assertEquals(entries(1, kept.size()), kept);
        assertEquals(Kind.GAP, refusal(() -> journal.append(entries(1001, 1001))));
        await(() -> journal.restartAt(1001));
        append(opened, entries(1001, 1010));
        assertEquals(entries(1001, 1010), read(opened, 1, 2000));
    }

    /// Two neighbours in the middle change places, as two writes of a disk that were misdirected.
    private void swapPagesOfEntries() throws IOException {
        int size = 4_096;
        byte leafOfTable = 0x0d;
        Path file = folder.resolve("journal.db");
        ByteBuffer pages = ByteBuffer.wrap(Files.readAllBytes(file));
        // The first page is the schema's, and the base has one row alone.
        int[] entries = IntStream.range(1, pages.capacity() / size)
                .map(page -> page * size)
                .filter(at -> pages.get(at) == leafOfTable && pages.getShort(at + 3) > 1)
                .toArray();
        int one = entries[entries.length / 2];
        int other = entries[entries.length / 2 + 1];
        byte[] held = new byte[size];
        pages.get(one, held);
        pages.put(one, pages, other, size).put(other, held);
        Files.write(file, pages.array());
    }

    @Test
    void anInterruptedMendingIsFinished() throws IOException {
        DomainStore store = process();
        append(open(store, 1), entries(1, 100));
        await(store::close);
        Files.copy(folder.resolve("journal.db"), folder.resolve("journal.db.mended"));
        Files.writeString(folder.resolve("journal.db"), "junk");

        Opened again = open(process(), 2);
        assertEquals(entries(1, 100), read(again, 1, 1000));
        assertFalse(Files.exists(folder.resolve("journal.db.mended")));
    }

    @Test
    void onlySomeDamagedJournalsAreKept() throws IOException {
        for (int n = 0; n < 6; n++) {
            DomainStore store = process();
            open(store, n + 1);
            await(store::close);
            Files.writeString(folder.resolve("journal.db"), "junk" + n);
        }
        long kept = DataFolder.files(folder).stream()
                .filter(file -> file.getFileName().toString().startsWith("journal.db.damaged-"))
                .count();
        assertEquals(DataFolder.DAMAGED_KEPT, kept);
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
                var statement = connection.createStatement()) {
            assertTrue(statement.executeUpdate(sql) > 0, sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
