package org.helpline.router;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;

/// A contact as the state knows it. Decisions only read it; [ContactChanges] alone calls the rest.
final class Contact {
    /// Oldest first; the id decides between equals.
    static final Comparator<Contact> BY_AGE =
            Comparator.comparing(Contact::waitingSince).thenComparing(Contact::id);

    private final ContactId id;
    private final QueueId queue;
    private final ContactContext context;
    private final Instant waitingSince;
    private Requirements requirements;
    private ContactState state = ContactState.WAITING;
    private Instant connectedAt;
    private Agent agent;
    private OfferId offer;
    private Instant offerExpiresAt;
    private LegId leg;
    private OfferId lastOffer;
    private int rings;

    Contact(Event.ContactQueued queued) {
        this.id = queued.contact();
        this.queue = queued.queue();
        this.context = queued.context();
        this.waitingSince = queued.at();
        this.requirements = queued.requirements();
    }

    // ---- reading

    ContactId id() {
        return id;
    }

    QueueId queue() {
        return queue;
    }

    Requirements requirements() {
        return requirements;
    }

    Instant waitingSince() {
        return waitingSince;
    }

    ContactState state() {
        return state;
    }

    /// The agent it is offered to, connecting to, served or wrapped up by; null without one.
    Agent agent() {
        return agent;
    }

    Optional<OfferId> offer() {
        return Optional.ofNullable(offer);
    }

    /// The device leg that rings or is up. With an offer out it says that the offer is answered on the
    /// device.
    Optional<LegId> leg() {
        return Optional.ofNullable(leg);
    }

    /// How often the agent's device was rung under the last offer.
    int rings() {
        return rings;
    }

    /// Derived from the offer, so that it is unique and the same in every replay.
    LegId nextLeg() {
        return new LegId(lastOffer + "-d" + (rings + 1));
    }

    ContactView view() {
        return new ContactView(
                id,
                queue,
                state,
                requirements,
                context,
                waitingSince,
                Optional.ofNullable(connectedAt),
                Optional.ofNullable(agent).map(Agent::id),
                Optional.ofNullable(offer),
                Optional.ofNullable(offerExpiresAt),
                Optional.ofNullable(leg));
    }

    @Override
    public String toString() {
        return id + " " + queue + " " + state + " waiting " + waitingSince + " connected " + connectedAt + " agent "
                + (agent == null ? "-" : agent.id()) + " offer " + offer + " expires " + offerExpiresAt + " leg " + leg
                + " last " + lastOffer + " rings " + rings + " " + requirements + " " + context;
    }

    // ---- changing

    void offered(OfferId newOffer, Agent to, Instant expiresAt, boolean onDevice) {
        state = ContactState.OFFERED;
        agent = to;
        offer = newOffer;
        offerExpiresAt = expiresAt;
        lastOffer = newOffer;
        rings = 0;
        if (onDevice) ring(nextLeg());
    }

    void offerOver() {
        offer = null;
        offerExpiresAt = null;
    }

    /// Rings the device on `newLeg`; a no-op for the leg that rings already.
    void ring(LegId newLeg) {
        if (newLeg.equals(leg)) return;
        leg = newLeg;
        rings++;
    }

    void connecting() {
        // After a loss it stays AGENT_LOST until it talks again: the caller is still comforted.
        if (state != ContactState.AGENT_LOST) state = ContactState.CONNECTING;
    }

    void talking(Instant at) {
        state = ContactState.TALKING;
        if (connectedAt == null) connectedAt = at;
    }

    void agentLost() {
        state = ContactState.AGENT_LOST;
    }

    void waiting(Requirements newest) {
        state = ContactState.WAITING;
        requirements = newest;
        connectedAt = null;
        agent = null;
    }

    void wrapUp(Agent by) {
        state = ContactState.WRAP_UP;
        agent = by;
    }

    void legOver() {
        leg = null;
    }

    void over() {
        agent = null;
    }
}
