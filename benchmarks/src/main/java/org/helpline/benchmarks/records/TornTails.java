package org.helpline.benchmarks.records;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.SplittableRandom;

/// What is left when the machine stops in the middle of a write: the files of a running engine are copied,
/// the end of the one written last is cut off or overwritten, and the copy is opened.
///
/// @param tried how many tails
/// @param opened how many of them gave a database without a gap
/// @param mostLost rows lost by the worst that opened
record TornTails(int tried, int opened, int mostLost) {
    /// Few enough that SQLite has not begun its log anew: its end is the end of the file.
    private static final int ROWS = 200;
    private static final int MOST_TORN = 32 * 1024;

    static TornTails of(Engine engine, Path scratch, long seed, int tails) throws IOException, SQLException {
        SplittableRandom random = new SplittableRandom(seed);
        Path live = Files.createDirectory(scratch.resolve("live"));
        int opened = 0;
        int mostLost = 0;
        try (Connection connection = engine.open(live)) {
            JournalTable.make(connection);
            JournalTable.append(engine, connection, 1, ROWS, 1);
            for (int i = 0; i < tails; i++) {
                Path copy = Files.createDirectory(scratch.resolve("torn-" + i));
                tear(engine.image(live, copy), random);
                int left = rowsOf(engine, copy);
                if (left >= 0) {
                    opened++;
                    mostLost = Math.max(mostLost, ROWS - left);
                }
            }
        }
        return new TornTails(tails, opened, mostLost);
    }

    private static void tear(Path file, SplittableRandom random) throws IOException {
        long size = Files.size(file);
        int torn = 1 + random.nextInt((int) Math.min(MOST_TORN, size / 2));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (random.nextBoolean()) {
                channel.truncate(size - torn);
            } else {
                byte[] rubbish = new byte[torn];
                random.nextBytes(rubbish);
                channel.write(java.nio.ByteBuffer.wrap(rubbish), size - torn);
            }
        }
    }

    /// @return -1 when it does not open, or has a gap
    private static int rowsOf(Engine engine, Path folder) {
        try (Connection connection = engine.open(folder)) {
            return JournalTable.readAll(connection);
        } catch (SQLException | IllegalStateException damaged) {
            return -1;
        }
    }
}
