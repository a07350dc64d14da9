package org.helpline.simulation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.router.AgentId;
import org.helpline.router.AgentState;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.TransferTarget;

/// Counts a second time what contact records say, by its own means: it notes who had the caller from when
/// on, and adds up at the end. It knows nothing of the records.
final class Recount implements TurnListener {
    private static final long SHORT_MILLIS = 5_000;

    private final Map<String, Sheet> contacts = new LinkedHashMap<>();
    private final Map<ContactId, Long> wrapUps = new LinkedHashMap<>();
    private final Map<AgentId, Busy> agents = new TreeMap<>();

    /// Where the caller is.
    enum Place {
        FLOW,
        LINE,
        TALKING,
        HELD,
        NOWHERE
    }

    private record Mark(long at, Place place, AgentId agent) {}

    /// An agent's time with one contact, in milliseconds.
    record Share(long talk, long hold, long wrapUp) {
        static final Share NONE = new Share(0, 0, 0);

        Share plus(Share other) {
            return new Share(talk + other.talk, hold + other.hold, wrapUp + other.wrapUp);
        }
    }

    /// What the record of a contact should say.
    record Figures(
            String outcome,
            long arrived,
            Long offered,
            Long answered,
            long ended,
            long waited,
            int requeues,
            int transfers,
            int consults,
            int inquiries,
            SortedMap<String, Share> agents) {}

    private static final class Sheet {
        final long arrived;
        Long offered;
        Long answered;
        Long gone;
        Long ended;
        String outcome;
        int requeues;
        int transfers;
        int consults;
        int inquiries;
        final List<Mark> marks = new ArrayList<>();
        final SortedMap<String, Share> wrapUps = new TreeMap<>();

        Sheet(long arrived) {
            this.arrived = arrived;
        }
    }

    /// What an agent was by its own account: its states.
    private static final class Busy {
        AgentState state = AgentState.SIGNED_OUT;
        long since;
        final Map<AgentState, Long> spent = new EnumMap<>(AgentState.class);
    }

    @Override
    public void onEvents(List<DomainEvent> events) {
        for (DomainEvent event : events) {
            if (event instanceof DomainEvent.CallerArrived e) {
                contacts.put(e.id().value(), new Sheet(e.at().toEpochMilli()));
                mark(e.id(), e.at(), Place.FLOW, null);
            } else if (event instanceof DomainEvent.CallerGone e) {
                contacts.get(e.id().value()).gone = e.at().toEpochMilli();
            } else if (event instanceof DomainEvent.Routing routing) {
                handedOn(routing.event());
                served(routing.event());
                worked(routing.event());
            }
        }
    }

    private void served(Event event) {
        switch (event) {
            case Event.ContactQueued e -> {
                sheet(e.contact()).offered = e.at().toEpochMilli();
                mark(e.contact(), e.at(), Place.LINE, null);
            }
            case Event.ContactConnected e
            when isContact(e.contact()) -> {
                if (sheet(e.contact()).answered == null) sheet(e.contact()).answered = e.at().toEpochMilli();
                mark(e.contact(), e.at(), Place.TALKING, e.agent());
            }
            case Event.ContactHeld e -> mark(e.contact(), e.at(), Place.HELD, e.agent());
            case Event.ContactRetrieved e -> mark(e.contact(), e.at(), Place.TALKING, e.agent());
            case Event.AgentLost e when isContact(e.contact()) -> mark(e.contact(), e.at(), Place.NOWHERE, null);
            case Event.ContactRequeued e
            when isContact(e.contact()) -> {
                sheet(e.contact()).requeues++;
                mark(e.contact(), e.at(), Place.LINE, null);
            }
            case Event.ContactEnded e -> {
                Sheet sheet = sheet(e.contact());
                sheet.ended = e.at().toEpochMilli();
                sheet.outcome = e.outcome().name();
                mark(e.contact(), e.at(), Place.NOWHERE, null);
            }
            default -> {}
        }
    }

    private void handedOn(Event event) {
        switch (event) {
            case Event.ContactTransferred e -> {
                sheet(e.contact()).transfers++;
                if (!(e.to() instanceof TransferTarget.ToNumber)) mark(e.contact(), e.at(), Place.LINE, null);
            }
            case Event.TransferCompleted e -> {
                sheet(e.contact()).transfers++;
                mark(e.contact(), e.at(), Place.TALKING, e.to());
            }
            case Event.ConsultStarted e -> sheet(e.of()).consults++;
            default -> {}
        }
    }

    private void worked(Event event) {
        switch (event) {
            case Event.WrapUpStarted e -> wrapUps.put(key(e.contact(), e.agent()), e.at().toEpochMilli());
            case Event.WrapUpCompleted e -> {
                Sheet sheet = sheet(e.contact());
                long took = e.at().toEpochMilli() - wrapUps.remove(key(e.contact(), e.agent()));
                sheet.wrapUps.merge(e.agent().value(), new Share(0, 0, took), Share::plus);
                sheet.inquiries += e.inquiries().size();
            }
            case Event.AgentStateChanged e -> {
                Busy busy = agents.computeIfAbsent(e.agent(), _ -> new Busy());
                long now = e.at().toEpochMilli();
                busy.spent.merge(busy.state, now - busy.since, Long::sum);
                busy.state = e.state();
                busy.since = now;
            }
            default -> {}
        }
    }

    private static ContactId key(ContactId contact, AgentId agent) {
        return new ContactId(contact + "/" + agent);
    }

    private boolean isContact(ContactId id) {
        return contacts.containsKey(id.value());
    }

    private Sheet sheet(ContactId id) {
        return contacts.get(id.value());
    }

    private void mark(ContactId contact, Instant at, Place place, AgentId agent) {
        sheet(contact).marks.add(new Mark(at.toEpochMilli(), place, agent));
    }

    // ---- the sums

    /// By contact; those that are not over are left out.
    Map<String, Figures> figures() {
        Map<String, Figures> figures = new LinkedHashMap<>();
        contacts.forEach((id, sheet) -> {
            boolean over = sheet.gone != null && (sheet.offered == null || sheet.ended != null);
            if (over) figures.put(id, figures(sheet));
        });
        return figures;
    }

    private static Figures figures(Sheet sheet) {
        SortedMap<String, Share> shares = new TreeMap<>(sheet.wrapUps);
        long[] waited = new long[1];
        stretches(sheet, (from, to, mark) -> {
            long took = to - from;
            switch (mark.place()) {
                case LINE -> waited[0] += took;
                case TALKING -> shares.merge(mark.agent().value(), new Share(took, 0, 0), Share::plus);
                case HELD -> shares.merge(mark.agent().value(), new Share(0, took, 0), Share::plus);
                case FLOW, NOWHERE -> {}
            }
        });
        long ended = sheet.ended != null ? sheet.ended : sheet.gone;
        return new Figures(
                outcome(sheet, ended),
                sheet.arrived,
                sheet.offered,
                sheet.answered,
                ended,
                waited[0],
                sheet.requeues,
                sheet.transfers,
                sheet.consults,
                sheet.inquiries,
                shares);
    }

    private static String outcome(Sheet sheet, long ended) {
        if (sheet.offered == null) return "ended-in-ivr";
        boolean soon = sheet.answered == null && ended - sheet.offered <= SHORT_MILLIS;
        return switch (sheet.outcome) {
            case "HANDLED" -> "handled";
            case "ABANDONED" -> soon ? "short-abandoned" : "abandoned";
            case "TRANSFERRED_OUT" -> "transferred-out";
            case "LOST" -> "lost";
            default -> throw new IllegalStateException("outcome " + sheet.outcome);
        };
    }

    private interface Stretch {
        void lasted(long from, long to, Mark mark);
    }

    private static void stretches(Sheet sheet, Stretch each) {
        long end = sheet.ended != null ? sheet.ended : sheet.gone;
        for (int i = 0; i < sheet.marks.size(); i++) {
            long to = i + 1 < sheet.marks.size() ? sheet.marks.get(i + 1).at() : end;
            each.lasted(sheet.marks.get(i).at(), to, sheet.marks.get(i));
        }
    }

    /// Contacts by the day they arrived on, and by outcome.
    SortedMap<LocalDate, SortedMap<String, Long>> byDay(ZoneId zone) {
        SortedMap<LocalDate, SortedMap<String, Long>> days = new TreeMap<>();
        figures()
                .values()
                .forEach(one -> days.computeIfAbsent(day(one.arrived(), zone), _ -> new TreeMap<>())
                        .merge(one.outcome(), 1L, Long::sum));
        return days;
    }

    /// Milliseconds of talk by day and agent; a talk over midnight is shared out.
    SortedMap<LocalDate, SortedMap<String, Long>> talkByDay(ZoneId zone) {
        SortedMap<LocalDate, SortedMap<String, Long>> days = new TreeMap<>();
        for (Sheet sheet : contacts.values()) {
            if (sheet.gone == null) continue;
            stretches(sheet, (from, to, mark) -> {
                if (mark.place() != Place.TALKING) return;
                long begin = from;
                while (begin < to) {
                    LocalDate day = day(begin, zone);
                    long midnight =
                            day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
                    long until = Math.min(to, midnight);
                    days.computeIfAbsent(day, _ -> new TreeMap<>())
                            .merge(mark.agent().value(), until - begin, Long::sum);
                    begin = until;
                }
            });
        }
        return days;
    }

    private static LocalDate day(long at, ZoneId zone) {
        return Instant.ofEpochMilli(at).atZone(zone).toLocalDate();
    }

    /// Milliseconds that each agent was in that state, by its own state changes.
    SortedMap<String, Long> inState(AgentState state) {
        SortedMap<String, Long> spent = new TreeMap<>();
        agents.forEach((agent, busy) -> {
            long time = busy.spent.getOrDefault(state, 0L);
            if (time > 0) spent.put(agent.value(), time);
        });
        return spent;
    }
}
