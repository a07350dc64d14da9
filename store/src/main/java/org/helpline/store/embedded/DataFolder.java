package org.helpline.store.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.helpline.store.JournalFailure;

/// The names of the files in a data folder, readable by nobody else, and what is done to them as wholes.
record DataFolder(Path path) {
    /// Files that were set aside as damaged, of each kind: the oldest leave first.
    static final int DAMAGED_KEPT = 3;

    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<PosixFilePermission> OWNERS_FILE = PosixFilePermissions.fromString("rw-------");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    Path journal() {
        return path.resolve("journal.db");
    }

    /// What has not found its way into the journal's file yet.
    static Path log(Path journal) {
        return journal.resolveSibling(journal.getFileName() + "-wal");
    }

    static Path logIndex(Path journal) {
        return journal.resolveSibling(journal.getFileName() + "-shm");
    }

    /// A mended journal that is whole, on its way to be the journal.
    Path mended() {
        return path.resolve("journal.db.mended");
    }

    /// A mended journal that is being written.
    Path mending() {
        return path.resolve("journal.db.mending");
    }

    Path mark() {
        return path.resolve("journal.mark");
    }

    Path lock() {
        return path.resolve("helpline.lock");
    }

    Path epoch() {
        return path.resolve("helpline.epoch");
    }

    Path snapshots() {
        return path.resolve("snapshots");
    }

    /// Makes the folder where it is missing, and finds out now whether it can be written.
    void prepare() throws JournalFailure {
        try {
            Files.createDirectories(path, OWNERS_FOLDER);
            Files.createDirectories(snapshots(), OWNERS_FOLDER);
            Path probe = Files.createTempFile(path, ".writable", null);
            Files.delete(probe);
            if (Files.exists(journal()) && !Files.isWritable(journal()))
                throw new IOException("journal.db is read-only");
        } catch (IOException e) {
            throw new JournalFailure(
                    JournalFailure.Kind.AWAY,
                    "the data folder " + path.toAbsolutePath() + " cannot be written ("
                            + e.getClass().getSimpleName()
                            + ": " + e.getMessage() + "): give Helpline's user the right to write there, or set"
                            + " HELPLINE_DATA to a folder where it has it",
                    e);
        }
    }

    /// Makes an empty file that nobody else can read, or takes those rights from one that is there.
    static void makePrivate(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNERS_FILE));
        } else {
            Files.setPosixFilePermissions(file, OWNERS_FILE);
        }
    }

    static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// So that names given and taken are on the disk.
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void sync(FileChannel file) throws IOException {
        file.force(true);
    }

    /// Sets the journal aside, with its log, and lets the oldest such ones go.
    ///
    /// @return its new name
    String setJournalAside(Instant at) throws IOException {
        Path aside = path.resolve("journal.db.damaged-" + TIME.format(at));
        if (Files.exists(log(journal()))) move(log(journal()), log(aside));
        if (Files.exists(journal())) move(journal(), aside);
        Files.deleteIfExists(logIndex(journal()));
        keepNewest(path, "journal.db.damaged-");
        return aside.getFileName().toString();
    }

    /// @return its new name
    static String setAside(Path file, Instant at) throws IOException {
        String name = file.getFileName().toString();
        Path aside = file.resolveSibling("damaged-" + TIME.format(at) + "-" + name);
        move(file, aside);
        keepNewest(file.toAbsolutePath().getParent(), "damaged-");
        return aside.getFileName().toString();
    }

    private static void keepNewest(Path folder, String prefix) throws IOException {
        List<Path> old = files(folder).stream()
                .filter(file -> file.getFileName().toString().startsWith(prefix))
                .filter(file -> !file.getFileName().toString().endsWith("-wal"))
                .sorted(Comparator.reverseOrder())
                .skip(DAMAGED_KEPT)
                .toList();
        for (Path file : old) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(log(file));
        }
    }

    static List<Path> files(Path folder) throws IOException {
        if (Files.notExists(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0;
        }
    }
}
