package org.helpline.app.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.helpline.gateway.ServiceLevel;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.HelplineId;
import org.helpline.router.QueueId;
import org.helpline.router.Requirements;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;
import org.helpline.router.TransferTarget;

/// Follows every contact from its first queue to its end. What became of it counts where it entered first,
/// as on the wallboard, so that a transfer moves no contact from one figure to another; where it is now,
/// and what agents did with it, counts in the row it is in. A consult is no contact of a caller and is not
/// followed.
final class ContactMetrics {
    /// More than any deployment has combinations of; beyond it everything counts in the row `other`.
    static final int MOST_ROWS = 1_000;

    private enum Place {
        WAITING,
        TALKING,
        HELD,
        NOWHERE
    }

    private static final class Followed {
        private final ContactId id;
        private final HelplineId helpline;
        private final Instant since;
        private final RowMeters first;
        private QueueId queue;
        private RowMeters row;
        private Instant inLineSince;
        private Place place = Place.NOWHERE;
        private boolean answered;

        Followed(Event.ContactQueued queued, RowMeters row) {
            this.id = queued.contact();
            this.helpline = queued.context().helpline();
            this.since = queued.at();
            this.queue = queued.queue();
            this.first = row;
            this.row = row;
            this.inLineSince = queued.at();
        }

        /// Where it entered first is not known any more.
        Followed(ContactView recovered, RowMeters row) {
            this.id = recovered.id();
            this.helpline = recovered.context().helpline();
            this.since = recovered.waitingSince();
            this.queue = recovered.queue();
            this.first = row;
            this.row = row;
            this.inLineSince = recovered.queuedAt();
            this.answered = recovered.connectedAt().isPresent();
        }
    }

    private final Meters meters;
    private final ServiceLevel by;
    private final InstantSource clock;
    private final Map<ContactRow, RowMeters> rows = new HashMap<>();
    private final Map<ContactId, Followed> contacts = new HashMap<>();

    ContactMetrics(Meters meters, ServiceLevel by, InstantSource clock) {
        this.meters = meters;
        this.by = by;
        this.clock = clock;
    }

    private RowMeters row(HelplineId helpline, QueueId queue, Requirements requirements) {
        ContactRow wanted = ContactRow.of(helpline, queue, requirements);
        ContactRow row = rows.containsKey(wanted) || rows.size() < MOST_ROWS ? wanted : ContactRow.OTHER;
        return rows.computeIfAbsent(row, one -> new RowMeters(meters, one, by, clock));
    }

    /// The row of a contact that an agent may have in hand; null for a consult.
    RowMeters rowOf(ContactId contact) {
        Followed followed = contacts.get(contact);
        return followed == null ? null : followed.row;
    }

    void queued(Event.ContactQueued e) {
        Followed contact = new Followed(e, row(e.context().helpline(), e.queue(), e.requirements()));
        contacts.put(e.contact(), contact);
        contact.first.offered();
        move(contact, Place.WAITING);
    }

    /// One that the process before had followed, and had counted as offered.
    void recovered(ContactView view) {
        if (view.consultOf().isPresent() || view.state() == ContactState.WRAP_UP) return;
        Followed contact = new Followed(view, row(view.context().helpline(), view.queue(), view.requirements()));
        contacts.put(view.id(), contact);
        move(
                contact,
                switch (view.state()) {
                    case WAITING, OFFERED, CONNECTING -> Place.WAITING;
                    case TALKING, AGENT_LOST -> Place.TALKING;
                    case HELD -> Place.HELD;
                    case WRAP_UP -> Place.NOWHERE;
                });
    }

    void connected(Event.ContactConnected e) {
        Followed contact = contacts.get(e.contact());
        if (contact == null) return;
        move(contact, Place.TALKING);
        if (contact.answered) return;
        contact.answered = true;
        contact.first.answered(Duration.between(contact.since, e.at()));
    }

    void requeued(Event.ContactRequeued e) {
        Followed contact = contacts.get(e.contact());
        if (contact == null) return;
        move(contact, Place.WAITING);
        contact.row.requeued(Meters.word(e.reason()));
    }

    void held(Event.ContactHeld e) {
        Followed contact = contacts.get(e.contact());
        if (contact != null) move(contact, Place.HELD);
    }

    void retrieved(Event.ContactRetrieved e) {
        Followed contact = contacts.get(e.contact());
        if (contact != null) move(contact, Place.TALKING);
    }

    /// An agent whose device is gone has the contact on hold no more.
    void agentLost(Event.AgentLost e) {
        Followed contact = contacts.get(e.contact());
        if (contact != null) move(contact, Place.TALKING);
    }

    void transferred(Event.ContactTransferred e) {
        Followed contact = contacts.get(e.contact());
        if (contact == null) return;
        move(contact, Place.NOWHERE);
        contact.row.transferredOut(word(e.to()), "cold");
        switch (e.to()) {
            case TransferTarget.ToQueue to -> {
                contact.queue = to.queue();
                arrive(contact, e.requirements(), e.at());
            }
            case TransferTarget.ToAgent _ -> arrive(contact, e.requirements(), e.at());
            case TransferTarget.ToNumber _ -> {}
        }
    }

    private void arrive(Followed contact, Requirements requirements, Instant at) {
        contact.inLineSince = at;
        contact.row = row(contact.helpline, contact.queue, requirements);
        contact.row.transferredIn();
        move(contact, Place.WAITING);
    }

    /// @param to what the consult was asked of; null when its beginning was not seen
    void transferCompleted(Event.TransferCompleted e, TransferTarget to) {
        Followed contact = contacts.get(e.contact());
        if (contact == null) return;
        contact.row.transferredOut(to == null ? BoundedWords.OTHER : word(to), "warm");
        contact.row.transferredIn();
        move(contact, Place.TALKING);
    }

    void ended(Event.ContactEnded e) {
        Followed contact = contacts.remove(e.contact());
        if (contact == null) return;
        move(contact, Place.NOWHERE);
        switch (e.outcome()) {
            case HANDLED, TRANSFERRED_OUT -> contact.first.handled();
            case LOST -> contact.first.lost();
            case ABANDONED -> contact.first.abandoned(Duration.between(contact.since, e.at()), !contact.answered);
        }
    }

    private static void move(Followed contact, Place to) {
        switch (contact.place) {
            case WAITING -> contact.row.waitsNoMore(contact.id, contact.inLineSince);
            case TALKING -> contact.row.talking(-1);
            case HELD -> contact.row.held(-1);
            case NOWHERE -> {}
        }
        contact.place = to;
        switch (to) {
            case WAITING -> contact.row.waits(contact.id, contact.inLineSince);
            case TALKING -> contact.row.talking(1);
            case HELD -> contact.row.held(1);
            case NOWHERE -> {}
        }
    }

    static String word(TransferTarget to) {
        return switch (to) {
            case TransferTarget.ToQueue _ -> "queue";
            case TransferTarget.ToAgent _ -> "agent";
            case TransferTarget.ToNumber _ -> "number";
        };
    }
}
