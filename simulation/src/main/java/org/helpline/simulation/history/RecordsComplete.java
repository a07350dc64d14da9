package org.helpline.simulation.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.helpline.simulation.history.History.Call;
import org.helpline.simulation.history.Observation.By;
import org.helpline.simulation.history.Observation.CallEnded;
import org.helpline.simulation.history.Observation.Heard;
import org.helpline.simulation.history.Observation.Part;
import org.helpline.simulation.history.Observation.Row;
import org.helpline.simulation.history.Observation.Sound;

/// Compares the contact records with what callers lived through. Only for runs whose records were read.
final class RecordsComplete {
    private static final Set<String> OF_THE_CALLER = Set.of("ivr", "queue", "talk", "hold", "lost", "closing");
    private static final Set<String> OF_THE_AGENT = Set.of("talk", "hold", "lost", "ring", "wrap-up");
    /// A caller whose leg was lost is noticed at the next audit, or after the carrier's own time-out.
    private static final Duration NOTICED = Duration.ofSeconds(75);

    private final History history;
    private final Bounds bounds;
    private final Verdict verdict;
    private final Map<String, Row> rows = new HashMap<>();

    private RecordsComplete(History history, Bounds bounds, Verdict verdict) {
        this.history = history;
        this.bounds = bounds;
        this.verdict = verdict;
    }

    static void judge(History history, Bounds bounds, Verdict verdict) {
        List<Row> rows = history.rows();
        if (!rows.isEmpty() && history.ended()) new RecordsComplete(history, bounds, verdict).compare(rows);
    }

    private void compare(List<Row> all) {
        for (Row row : all) {
            Row before = rows.put(row.contact(), row);
            if (before != null) verdict.violated(row.at(), row.contact(), "has two records:", before, row);
            follow(row);
        }
        Set<String> known = new HashSet<>();
        for (Call call : history.calls()) {
            known.addAll(call.contacts());
            for (String contact : call.contacts()) {
                Row row = rows.get(contact);
                if (row != null) {
                    compare(call, row);
                } else if (call.end.isPresent()
                        && !history.unwritten(call.names.getFirst().at())) {
                    verdict.violated(call.end.get().at(), call.caller, contact, "is over and has no record");
                }
            }
        }
        for (Row row : all) {
            if (!known.contains(row.contact()) && answered(row)) {
                verdict.violated(row.endedAt(), row.contact(), "has a record and no caller:", row);
            }
        }
        twoAtOnce(all);
    }

    /// A call that ended before it was answered has a record, and its caller never heard of us.
    private static boolean answered(Row row) {
        return !row.outcome().equals("ended-in-ivr")
                || Duration.between(row.arrivedAt(), row.endedAt()).toSeconds() > 60;
    }

    // ---- one record by itself

    private void follow(Row row) {
        List<Part> ofCaller = row.parts().stream()
                .filter(part -> OF_THE_CALLER.contains(part.kind()))
                .sorted(Comparator.comparing(Part::start))
                .toList();
        for (int i = 1; i < ofCaller.size(); i++) {
            Part before = ofCaller.get(i - 1);
            if (before.end().isAfter(ofCaller.get(i).start())) {
                verdict.violated(before.end(), row.contact(), "has segments that overlap:", before, ofCaller.get(i));
            }
        }
        for (Part part : row.parts()) {
            if (part.end().isBefore(part.start())) verdict.violated(part.start(), row.contact(), "has", part);
        }
    }

    private record Busy(String contact, Part part) {}

    private void twoAtOnce(List<Row> rows) {
        Map<String, List<Busy>> byAgent = new HashMap<>();
        for (Row row : rows) {
            for (Part part : row.parts()) {
                if (!OF_THE_AGENT.contains(part.kind()) || part.agent().isEmpty()) continue;
                byAgent.computeIfAbsent(part.agent().get(), _ -> new ArrayList<>())
                        .add(new Busy(row.contact(), part));
            }
        }
        byAgent.forEach((agent, all) -> {
            all.sort(Comparator.comparing((Busy busy) -> busy.part().start())
                    .thenComparing(busy -> busy.part().end()));
            for (int i = 1; i < all.size(); i++) {
                Busy before = all.get(i - 1);
                Busy next = all.get(i);
                if (before.contact().equals(next.contact())) continue; // it rings while the caller is comforted
                if (before.part().end().isAfter(next.part().start())) {
                    verdict.violated(next.part().start(), "records have", agent, "in two places:", before, next);
                    return;
                }
            }
        });
    }

    // ---- beside what its caller saw

    private void compare(Call call, Row row) {
        outcome(call, row);
        if (!call.names.isEmpty()) time(call, "arrived", call.names.getFirst().at(), row.arrivedAt());
        Optional<Heard> voice = call.first(Sound.VOICE);
        if (voice.isPresent() && row.answeredAt().isPresent()) {
            time(call, "first talked", voice.get().at(), row.answeredAt().get());
        }
        CallEnded end = call.end.orElse(null);
        if (end == null || row.outcome().equals("handled") || row.outcome().equals("ended-in-ivr")) return;
        time(call, "ended", end.at(), row.endedAt());
    }

    private void outcome(Call call, Row row) {
        if (call.end.isEmpty()) return;
        boolean talked = call.first(Sound.VOICE).isPresent();
        boolean waited = call.first(Sound.MUSIC).isPresent();
        boolean fits =
                switch (row.outcome()) {
                    case "handled" -> talked || answeredAtTheEnd(call, row);
                    case "transferred-out" -> call.first(Sound.REFERRED).isPresent() || justCommanded(call);
                    case "abandoned", "short-abandoned" -> !stillTalked(call);
                    case "ended-in-ivr" -> !talked && !waited;
                    default -> false;
                };
        if (!fits && !history.inOutage(call.end.get().at(), bounds.times(), bounds.settle())) {
            verdict.violated(
                    call.end.get().at(),
                    call.caller,
                    row.contact(),
                    "is recorded as",
                    row.outcome(),
                    ", but its caller",
                    talked ? "talked with an agent" : waited ? "waited" : "was in the menu",
                    "and last heard",
                    call.sounds.isEmpty() ? "nothing" : call.sounds.getLast());
        }
    }

    /// Who hangs up while the two are being joined hears nobody any more.
    private boolean answeredAtTheEnd(Call call, Row row) {
        Instant end = call.end.orElseThrow().at();
        return row.answeredAt()
                .filter(answered -> answered.isAfter(end.minus(bounds.times())))
                .isPresent();
    }

    /// Whoever hung up while talking, and was not parted from the agent right then.
    private boolean stillTalked(Call call) {
        Heard last = call.sounds.getLast();
        CallEnded end = call.end.orElseThrow();
        return last.sound() == Sound.VOICE
                && end.by() == By.SELF
                && Duration.between(last.at(), end.at()).compareTo(bounds.settle()) > 0
                && !justCommanded(call);
    }

    /// What an agent orders while the caller hangs up is in the record, and the caller hears nothing of it.
    private boolean justCommanded(Call call) {
        Instant end = call.end.orElseThrow().at();
        return call.contacts().stream().anyMatch(contact -> history.commanded(contact, end.minus(bounds.times()), end));
    }

    /// What happened while Helpline was away was noticed when it was back; a report that was lost, at an audit.
    private void time(Call call, String what, Instant seen, Instant recorded) {
        Duration off = Duration.between(seen, recorded);
        if (off.abs().compareTo(bounds.times()) <= 0) return;
        boolean noticedLate = history.inOutage(seen, bounds.times(), bounds.times())
                || history.inOutage(recorded, bounds.times(), bounds.settle());
        boolean mayBeLate =
                noticedLate || call.end.filter(end -> end.by() == By.CARRIER).isPresent();
        if (mayBeLate && off.abs().compareTo(NOTICED.plus(bounds.outage())) <= 0) return;
        verdict.violated(seen, call.caller, call.contacts(), what, "at", seen, ", but the record has", recorded);
    }
}
