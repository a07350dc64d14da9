package org.helpline.router;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.helpline.router.RoutingSnapshot.ContactRow;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;

/// A contact as the state knows it. Decisions only read it; [ContactChanges] alone calls the rest.
final class Contact {
    /// Oldest first; the id decides between equals.
    static final Comparator<Contact> BY_AGE =
            Comparator.comparing(Contact::waitingSince).thenComparing(Contact::id);

    private final ContactId id;
    private QueueId queue;
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
    private Instant queuedAt;
    private boolean inLine;
    private final Contact consultOf;
    /// Of a consult: whom it seeks.
    private final TransferTarget target;
    private Contact consult;
    private int consultsStarted;
    /// Offered to one agent alone; not in any line.
    private boolean direct;

    private boolean verified;

    Contact(Event.ContactQueued queued) {
        this.id = queued.contact();
        this.queue = queued.queue();
        this.context = queued.context();
        this.waitingSince = queued.waitingSince();
        this.queuedAt = queued.at();
        this.requirements = queued.requirements();
        this.consultOf = null;
        this.target = null;
    }

    /// A consult.
    Contact(Event.ConsultStarted started, Contact of) {
        this.id = started.consult();
        this.queue = started.to() instanceof TransferTarget.ToQueue to ? to.queue() : of.queue;
        this.context = started.context();
        this.waitingSince = of.waitingSince;
        this.queuedAt = started.at();
        this.requirements = started.requirements();
        this.consultOf = of;
        this.target = started.to();
        this.direct = started.to() instanceof TransferTarget.ToAgent;
    }

    /// The contact as an agent leaves it, for the wrap-up that may follow.
    private Contact(Contact left) {
        this.id = left.id;
        this.queue = left.queue;
        this.context = left.context;
        this.waitingSince = left.waitingSince;
        this.queuedAt = left.queuedAt;
        this.requirements = left.requirements;
        this.connectedAt = left.connectedAt;
        this.state = left.state;
        this.verified = left.verified;
        this.consultOf = null;
        this.target = null;
    }

    /// As it was in a snapshot.
    ///
    /// @param agent null without one
    /// @param of null unless it is a consult
    Contact(ContactRow row, Agent agent, Contact of) {
        this.id = row.id();
        this.queue = row.queue();
        this.context = row.context();
        this.waitingSince = row.waitingSince();
        this.requirements = row.requirements();
        this.state = row.state();
        this.connectedAt = row.connectedAt().orElse(null);
        this.agent = agent;
        this.offer = row.offer().orElse(null);
        this.offerExpiresAt = row.offerExpiresAt().orElse(null);
        this.leg = row.leg().orElse(null);
        this.lastOffer = row.lastOffer().orElse(null);
        this.rings = row.rings();
        this.queuedAt = row.queuedAt();
        this.inLine = row.inLine();
        this.consultOf = of;
        this.target = row.target().orElse(null);
        this.consultsStarted = row.consultsStarted();
        this.direct = row.direct();
        this.verified = row.verified();
    }

    // ---- reading

    ContactId id() {
        return id;
    }

    QueueId queue() {
        return queue;
    }

    ContactContext context() {
        return context;
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

    /// Whether it waits for any agent who may serve it.
    boolean inLine() {
        return inLine;
    }

    /// Whether it is offered, or was accepted, by the one agent it was transferred to. A consult stays so; any
    /// other contact waits for anyone once that offer has come to nothing.
    boolean direct() {
        return direct;
    }

    /// Whether an agent has made sure who calls; of a consult, who is consulted about.
    boolean isVerified() {
        return consultOf == null ? verified : consultOf.verified;
    }

    Optional<Instant> offerExpiresAt() {
        return Optional.ofNullable(offerExpiresAt);
    }

    Optional<Contact> consultOf() {
        return Optional.ofNullable(consultOf);
    }

    /// Of a consult: whom it seeks.
    Optional<TransferTarget> target() {
        return Optional.ofNullable(target);
    }

    /// The consult that is open for it.
    Optional<Contact> consult() {
        return Optional.ofNullable(consult);
    }

    int consultsStarted() {
        return consultsStarted;
    }

    ContactId nextConsult() {
        return new ContactId(id + "-c" + (consultsStarted + 1));
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
                queuedAt,
                Optional.ofNullable(connectedAt),
                Optional.ofNullable(agent).map(Agent::id),
                Optional.ofNullable(offer),
                Optional.ofNullable(offerExpiresAt),
                Optional.ofNullable(leg),
                consultOf().map(Contact::id),
                consult().map(Contact::id),
                isVerified());
    }

    ContactRow row() {
        return new ContactRow(
                id,
                queue,
                state,
                requirements,
                context,
                waitingSince,
                queuedAt,
                Optional.ofNullable(connectedAt),
                Optional.ofNullable(agent).map(Agent::id),
                Optional.ofNullable(offer),
                Optional.ofNullable(offerExpiresAt),
                Optional.ofNullable(leg),
                Optional.ofNullable(lastOffer),
                rings,
                inLine,
                consultOf().map(Contact::id),
                target(),
                consultsStarted,
                direct,
                verified);
    }

    @Override
    public String toString() {
        return id + " " + queue + " " + state + " waiting " + waitingSince + " queued " + queuedAt
                + (inLine ? " in line" : "") + (direct ? " direct" : "") + " consults " + consultsStarted
                + (consult == null ? "" : " now " + consult.id)
                + (consultOf == null ? "" : " of " + consultOf.id + " to " + target)
                + " connected " + connectedAt + " agent "
                + (agent == null ? "-" : agent.id()) + " offer " + offer + " expires " + offerExpiresAt + " leg " + leg
                + " last " + lastOffer + " rings " + rings + (verified ? " verified" : "") + " " + requirements + " "
                + context;
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

    void expires(Instant at) {
        offerExpiresAt = at;
    }

    void verified() {
        verified = true;
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

    void held() {
        state = ContactState.HELD;
    }

    void inLine(boolean isInLine) {
        inLine = isInLine;
    }

    /// Handed on by its agent, to a queue or to one agent.
    void transferred(TransferTarget to, Instant at) {
        if (to instanceof TransferTarget.ToQueue next) queue = next.queue();
        direct = to instanceof TransferTarget.ToAgent;
        queuedAt = at;
    }

    void forAnyone() {
        direct = false;
    }

    Contact asLeft() {
        return new Contact(this);
    }

    void startConsult(Contact started) {
        consult = started;
        consultsStarted++;
    }

    /// Of a snapshot.
    void hasConsult(Contact restored) {
        consult = restored;
    }

    void endConsult() {
        consult = null;
    }

    /// Takes over agent and leg of its consult.
    void completeConsult(Instant at) {
        state = ContactState.TALKING;
        connectedAt = at;
        agent = consult.agent;
        leg = consult.leg;
        lastOffer = consult.lastOffer;
        rings = consult.rings;
        direct = false;
        consult.agent = null;
        consult.leg = null;
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
