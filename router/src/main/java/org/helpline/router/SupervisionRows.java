package org.helpline.router;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.helpline.router.RoutingState.SupervisionView;

/// Who listens in on what, and how that changes by events.
final class SupervisionRows {
    private final TreeMap<SupervisorId, SupervisionView> rows = new TreeMap<>();
    private long requested;

    void apply(Event.SupervisionRequested event) {
        Checks.follows(!rows.containsKey(event.supervisor()), event, event.supervisor() + " supervises already");
        requested++;
        rows.put(
                event.supervisor(),
                new SupervisionView(
                        event.supervisor(), event.contact(), event.agent(), event.mode(), event.leg(), false));
    }

    void apply(Event.SupervisionStarted event) {
        SupervisionView row = of(event, event.supervisor(), event.contact());
        rows.put(event.supervisor(), changed(row, event.mode(), true));
    }

    void apply(Event.SupervisionChanged event) {
        SupervisionView row = of(event, event.supervisor(), event.contact());
        rows.put(event.supervisor(), changed(row, event.mode(), row.listening()));
    }

    void apply(Event.SupervisionEnded event) {
        rows.remove(of(event, event.supervisor(), event.contact()).supervisor());
    }

    private SupervisionView of(Event event, SupervisorId supervisor, ContactId contact) {
        SupervisionView row = rows.get(supervisor);
        Checks.follows(row != null && row.contact().equals(contact), event, supervisor + " supervises " + row);
        return row;
    }

    private static SupervisionView changed(SupervisionView row, SupervisionMode mode, boolean listening) {
        return new SupervisionView(row.supervisor(), row.contact(), row.agent(), mode, row.leg(), listening);
    }

    void restore(List<SupervisionView> views, long requestedSoFar) {
        views.forEach(row -> rows.put(row.supervisor(), row));
        requested = requestedSoFar;
    }

    Optional<SupervisionView> of(SupervisorId supervisor) {
        return Optional.ofNullable(rows.get(supervisor));
    }

    Optional<SupervisionView> of(LegId leg) {
        return rows.values().stream().filter(row -> row.leg().equals(leg)).findFirst();
    }

    /// By supervisor.
    List<SupervisionView> all() {
        return List.copyOf(rows.values());
    }

    /// How many were ever requested; legs are numbered by it.
    long requested() {
        return requested;
    }
}
