package org.helpline.benchmarks.calls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The processor time of a process, from the kernel.
record CpuTime(long pid, long ticks, long atNanos) {
    /// What Linux shows to programs, whatever the kernel itself uses.
    private static final double TICKS_A_SECOND = 100;

    private static final int USER_TIME = 11;

    static CpuTime of(long pid) throws IOException {
        return new CpuTime(pid, ticks(Files.readString(Path.of("/proc/" + pid + "/stat"))), System.nanoTime());
    }

    /// @param stat the line of /proc/PID/stat; the program's name in it may hold anything
    static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
    }

    /// Percent of one core since then.
    double percentSince(CpuTime earlier) {
        double seconds = (atNanos - earlier.atNanos) / 1e9;
        return 100 * (ticks - earlier.ticks) / TICKS_A_SECOND / seconds;
    }
}
