package org.helpline.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.helpline.app.cli.JournalAccess.Opening;
import org.helpline.app.cli.JournalAccess.Refused;
import org.helpline.app.codec.JsonEventCodec;
import org.helpline.app.codec.JsonSnapshotCodec;
import org.helpline.app.owner.EventCodec;
import org.helpline.store.DomainStore.Opened;
import org.helpline.store.Journal;
import org.helpline.store.Journal.Entry;
import org.helpline.store.Snapshots.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./helpline journal verify`.
@Command(
        name = "verify",
        description = {
            "Reads the whole journal and the snapshots, and says what is wrong with them.",
            "Changes nothing, and may be used while Helpline runs."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all is sound",
            "1:something is damaged or missing, or the store cannot be read",
            "2:wrong arguments or configuration"
        })
final class JournalVerifyCommand implements Callable<Integer> {
    private static final int MOST_TOLD = 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private JournalAccess access;

    private final EventCodec codec = new JsonEventCodec();
    private final JsonSnapshotCodec snapshotCodec = new JsonSnapshotCodec();

    /// @param readable whether this release can read it
    private record SeenSnapshot(Snapshot snapshot, boolean readable) {}

    private record Verdict(
            String place,
            Opened opened,
            Journal.Size size,
            Optional<Instant> firstAt,
            Optional<Instant> lastAt,
            List<SeenSnapshot> snapshots,
            List<String> told) {}

    @Override
    public Integer call() {
        return access.run(spec.commandLine().getErr(), this::verify);
    }

    private int verify(Opening opening) throws Refused {
        Opened opened = JournalAccess.await(opening.store()::look);
        List<String> told = new ArrayList<>(opened.findings().told());
        Instant[] times = new Instant[2];
        long[] expected = {0};
        boolean[] goesOn = {false};
        int[] unreadable = {0};
        JournalAccess.readAll(opened.journal(), 1, opened.findings().lastSeq(), entry -> {
            if (times[0] == null) times[0] = entry.at();
            times[1] = entry.at();
            goesOn[0] = codec.goesOn(entry.body());
            if (expected[0] != 0 && entry.seq() != expected[0]) {
                told.add("entry " + entry.seq() + " comes where " + expected[0] + " was expected");
            }
            expected[0] = entry.seq() + 1;
            Optional<String> why = whyUnreadable(entry);
            if (why.isPresent() && ++unreadable[0] <= MOST_TOLD) {
                told.add("entry " + entry.seq() + " cannot be decoded: " + why.get());
            }
            return true;
        });
        if (unreadable[0] > MOST_TOLD) told.add((unreadable[0] - MOST_TOLD) + " more cannot be decoded");
        if (goesOn[0]) told.add("the journal ends within a turn: a start does not carry that out");
        List<SeenSnapshot> snapshots = snapshots(opened, told);
        Journal.Size size = JournalAccess.await(opened.journal()::size);
        long covered = snapshots.isEmpty() ? 0 : snapshots.getFirst().snapshot().seq();
        if (size.firstSeq() > covered + 1) {
            told.add("entries " + (covered + 1) + " to " + (size.firstSeq() - 1)
                    + " are neither in the journal nor in a snapshot: the domain's state cannot be recovered");
        }
        Verdict verdict = new Verdict(
                opening.place(),
                opened,
                size,
                Optional.ofNullable(times[0]),
                Optional.ofNullable(times[1]),
                snapshots,
                told);
        print(verdict);
        return told.isEmpty() ? 0 : 1;
    }

    private Optional<String> whyUnreadable(Entry entry) {
        try {
            codec.decode(new EventCodec.Encoded(entry.type(), entry.version(), entry.body()));
            return Optional.empty();
        } catch (RuntimeException e) {
            // Its message may repeat the entry, and that is personal data.
            return Optional.of("type " + entry.type() + ", version " + entry.version());
        }
    }

    private List<SeenSnapshot> snapshots(Opened opened, List<String> told) throws Refused {
        List<SeenSnapshot> seen = new ArrayList<>();
        long upTo = Long.MAX_VALUE;
        while (true) {
            long most = upTo;
            Optional<Snapshot> found =
                    JournalAccess.await(() -> opened.snapshots().newest(most));
            if (found.isEmpty()) return seen;
            Snapshot snapshot = found.get();
            boolean readable = isReadable(snapshot);
            if (!readable) told.add("the snapshot of entry " + snapshot.seq() + " cannot be decoded");
            seen.add(new SeenSnapshot(snapshot, readable));
            upTo = snapshot.seq() - 1;
        }
    }

    private boolean isReadable(Snapshot snapshot) {
        try {
            snapshotCodec.decode(snapshot.body(), snapshot.version());
            return true;
        } catch (RuntimeException _) {
            return false;
        }
    }

    private void print(Verdict verdict) {
        PrintWriter out = spec.commandLine().getOut();
        if (access.isJson()) out.println(json(verdict).toPrettyString());
        else text(verdict, out);
        out.flush();
    }

    private static void text(Verdict verdict, PrintWriter out) {
        Journal.Size size = verdict.size();
        out.println("journal    " + verdict.opened().journal().name() + " in " + verdict.place());
        out.println("entries    " + counted(size.entries())
                + (size.entries() == 0
                        ? "; the next one is " + size.firstSeq()
                        : ": " + size.firstSeq() + " to " + size.lastSeq() + ", "
                                + verdict.firstAt().orElseThrow() + " to "
                                + verdict.lastAt().orElseThrow()));
        out.println("bytes      " + counted(size.bytes())
                + (size.entries() == 0 ? "" : ", " + counted(size.bytes() / size.entries()) + " an entry"));
        out.println("mark       " + verdict.opened().findings().acknowledgedSeq() + " acknowledged");
        for (SeenSnapshot seen : verdict.snapshots()) {
            Snapshot snapshot = seen.snapshot();
            out.println("snapshot   after entry " + snapshot.seq() + ", " + snapshot.at() + ", "
                    + counted(snapshot.body().length()) + " bytes, version " + snapshot.version());
        }
        if (verdict.snapshots().isEmpty()) out.println("snapshot   none");
        verdict.told().forEach(line -> out.println("FOUND      " + line));
        out.println(verdict.told().isEmpty() ? "all is sound" : "not all is sound");
    }

    private static String counted(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static ObjectNode json(Verdict verdict) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("journal", verdict.opened().journal().name());
        node.put("place", verdict.place());
        node.put("entries", verdict.size().entries());
        node.put("firstSeq", verdict.size().firstSeq());
        node.put("lastSeq", verdict.size().lastSeq());
        node.put("firstAt", verdict.firstAt().map(Instant::toString).orElse(null));
        node.put("lastAt", verdict.lastAt().map(Instant::toString).orElse(null));
        node.put("bytes", verdict.size().bytes());
        node.put("acknowledgedSeq", verdict.opened().findings().acknowledgedSeq());
        ArrayNode snapshots = node.putArray("snapshots");
        for (SeenSnapshot seen : verdict.snapshots()) {
            Snapshot snapshot = seen.snapshot();
            snapshots
                    .addObject()
                    .put("seq", snapshot.seq())
                    .put("epoch", snapshot.epoch())
                    .put("at", snapshot.at().toString())
                    .put("version", snapshot.version())
                    .put("bytes", snapshot.body().length())
                    .put("readable", seen.readable());
        }
        ArrayNode told = node.putArray("found");
        verdict.told().forEach(told::add);
        return node.put("sound", verdict.told().isEmpty());
    }
}
