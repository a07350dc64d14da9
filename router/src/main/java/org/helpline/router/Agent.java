package org.helpline.router;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.helpline.router.Event.OfferOutcome;
import org.helpline.router.Input.Readiness;
import org.helpline.router.RoutingSnapshot.AgentRow;
import org.helpline.router.RoutingSnapshot.ContactRow;
import org.helpline.router.RoutingSnapshot.WishRow;
import org.helpline.router.RoutingState.AgentView;

/// An agent as the state knows it. Decisions only read it; [AgentChanges] and [ContactChanges] alone call the
/// rest.
final class Agent {
    /// Longest idle first; the id decides between equals.
    static final Comparator<Agent> BY_IDLENESS =
            Comparator.comparing(Agent::idleSince).thenComparing(Agent::id);

    /// As configured.
    private AgentSettings configured;
    /// As it counts: the configured ones, with the skills that a supervisor set since.
    private AgentSettings settings;
    private List<Lane> lanes;
    private boolean retired;
    private AgentState state = AgentState.SIGNED_OUT;
    private Optional<String> reason = Optional.empty();
    private Instant since;
    private Instant idleSince;
    private boolean connected;
    private Contact contact;
    private OfferId offer;
    private Wish wish;
    private OfferId lastOffer;
    private OfferOutcome lastOutcome;
    private Optional<String> unreachable = Optional.empty();

    /// What the agent wants to be once it is free.
    record Wish(Readiness readiness, Optional<String> reason) {}

    Agent(AgentSettings settings, Instant since) {
        this.since = since;
        this.idleSince = since;
        configure(settings);
    }

    /// As it was in a snapshot, but for its contact ([#holds]).
    Agent(AgentRow row) {
        this.since = row.since();
        this.idleSince = row.idleSince();
        configure(row.configured());
        use(row.settings());
        this.retired = row.retired();
        this.state = row.state();
        this.reason = row.reason();
        this.connected = row.connected();
        this.offer = row.offer().orElse(null);
        this.wish = row.wish()
                .map(noted -> new Wish(noted.readiness(), noted.reason()))
                .orElse(null);
        this.lastOffer = row.lastOffer().orElse(null);
        this.lastOutcome = row.lastOutcome().orElse(null);
        this.unreachable = row.unreachable();
    }

    // ---- reading

    AgentId id() {
        return settings.id();
    }

    AgentSettings settings() {
        return settings;
    }

    List<Lane> lanes() {
        return lanes;
    }

    /// No longer configured, and only here to finish what it is in the middle of.
    boolean retired() {
        return retired;
    }

    AgentState state() {
        return state;
    }

    Optional<String> reason() {
        return reason;
    }

    /// Since when it has nothing to do. An offer that came to nothing through no fault of the agent does not
    /// restart it.
    Instant idleSince() {
        return idleSince;
    }

    boolean connected() {
        return connected;
    }

    /// The contact the agent is reserved for, serves or wraps up; null without one.
    Contact contact() {
        return contact;
    }

    /// The contact that is with the agent; null when there is none, and also for what it has just left and is
    /// about to wrap up.
    Contact inHand() {
        return contact != null && contact.agent() == this ? contact : null;
    }

    /// Why the agent's device cannot be reached; empty when it can, or nobody said.
    Optional<String> unreachable() {
        return unreachable;
    }

    Optional<OfferId> offer() {
        return Optional.ofNullable(offer);
    }

    Optional<Wish> wish() {
        return Optional.ofNullable(wish);
    }

    /// How the agent's last offer ended, when that was `id`: enough to tell a late answer from a made-up one.
    Optional<OfferOutcome> outcomeOf(OfferId id) {
        return id.equals(lastOffer) ? Optional.of(lastOutcome) : Optional.empty();
    }

    /// May be offered a contact. An agent without a socket gets no offers, not even during its grace.
    boolean available() {
        return state == AgentState.READY && connected && contact == null && !retired;
    }

    /// What is never relaxed, and all that a transfer to this very agent asks for.
    boolean takes(Requirements requirements) {
        return lanes.contains(Lane.of(requirements));
    }

    boolean hasSkills(List<SkillRequirement> requirements) {
        for (SkillRequirement wanted : requirements) {
            Integer level = settings.skills().get(wanted.skill());
            if (level == null || level < wanted.minimumLevel()) return false;
        }
        return true;
    }

    AgentView view() {
        return new AgentView(
                settings,
                state,
                reason,
                since,
                connected,
                Optional.ofNullable(contact).map(Contact::id),
                Optional.ofNullable(offer),
                unreachable);
    }

    /// @param left see [AgentRow#left]
    AgentRow row(Optional<ContactRow> left) {
        return new AgentRow(
                configured,
                settings,
                retired,
                state,
                reason,
                since,
                idleSince,
                connected,
                Optional.ofNullable(contact).map(Contact::id),
                left,
                Optional.ofNullable(offer),
                wish().map(noted -> new WishRow(noted.readiness(), noted.reason())),
                Optional.ofNullable(lastOffer),
                Optional.ofNullable(lastOutcome),
                unreachable);
    }

    @Override
    public String toString() {
        return id() + " " + state + reason.map(r -> " " + r).orElse("") + " since " + since + " idle " + idleSince
                + " connected " + connected + " retired " + retired + " contact "
                + (contact == null ? "-" : contact.id()) + " offer " + offer + " wish " + wish + " last " + lastOffer
                + " " + lastOutcome
                + unreachable.map(why -> " unreachable " + why).orElse("") + " " + settings
                + (settings.equals(configured) ? "" : " configured " + configured);
    }

    // ---- changing

    /// What a supervisor set stays until the configuration says something new of this agent.
    void configure(AgentSettings newest) {
        retired = false;
        if (newest.equals(configured)) return;
        configured = newest;
        use(newest);
    }

    void use(AgentSettings newest) {
        settings = newest;
        var all = new ArrayList<Lane>();
        for (Language language : newest.languages().stream().distinct().toList()) {
            for (Modality modality : newest.modalities().stream().distinct().toList()) {
                all.add(new Lane(language, modality));
            }
        }
        lanes = List.copyOf(all);
    }

    void unreachable(Optional<String> why) {
        unreachable = why;
    }

    /// It has left the contact to others; what it will wrap up is the contact as it was.
    void left(Contact asLeft) {
        contact = asLeft;
    }

    /// Of a snapshot; null for none.
    void holds(Contact restored) {
        contact = restored;
    }

    /// Takes over the contact that it was consulted about.
    void takeOver(Contact of) {
        contact = of;
    }

    void retire() {
        retired = true;
    }

    void connect(boolean isConnected) {
        connected = isConnected;
    }

    void become(AgentState next, Optional<String> nextReason, Instant at) {
        if (next == AgentState.READY && state != AgentState.RESERVED) idleSince = at;
        state = next;
        reason = nextReason;
        since = at;
        switch (next) {
            case SIGNED_OUT, NOT_READY, READY -> {
                contact = null;
                wish = null;
            }
            case RESERVED, ON_CONTACT, WRAP_UP -> {}
        }
    }

    void note(Wish newest) {
        wish = newest;
    }

    void reserve(Contact reservedFor, OfferId pending) {
        contact = reservedFor;
        offer = pending;
    }

    void offerEnded(OfferOutcome outcome) {
        lastOffer = offer;
        lastOutcome = outcome;
        offer = null;
    }
}
