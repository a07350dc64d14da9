package org.helpline.records.fold;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.helpline.ivr.FlowEvent;
import org.helpline.router.AgentId;
import org.helpline.router.ContactContext;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.HelplineId;
import org.helpline.router.Input.Inquiry;
import org.helpline.router.Input.InquiryOutcome;
import org.helpline.router.Language;
import org.helpline.router.LegId;
import org.helpline.router.Modality;
import org.helpline.router.OfferId;
import org.helpline.router.QueueId;
import org.helpline.router.Requirements;

/// What happens to contacts, told step by step: each step is a turn of its own, a second after the one
/// before unless [#at] says otherwise.
public final class Story {
    public static final Instant BEGINNING = Instant.parse("2026-03-02T17:00:00Z");
    public static final QueueId SNAP = new QueueId("snap");
    public static final AgentId ANN = new AgentId("ann");
    public static final AgentId BOB = new AgentId("bob");
    private static final HelplineId HELPLINE = new HelplineId("social-services");
    private static final Requirements SPANISH = new Requirements(new Language("es"), Modality.VOICE, List.of());

    private final RecordFold fold;
    private final List<ContactRecord> records = new ArrayList<>();
    private Instant now = BEGINNING;
    private long seq;
    private long offers;

    public Story(RecordFold fold) {
        this.fold = fold;
    }

    public Story() {
        this(new RecordFold(Duration.ofSeconds(5)));
    }

    /// Moves the clock to so many seconds after the beginning.
    public Story at(double seconds) {
        now = BEGINNING.plusMillis(Math.round(seconds * 1000));
        return this;
    }

    public List<ContactRecord> records() {
        return records;
    }

    public ContactRecord only() {
        if (records.size() != 1) throw new AssertionError(records.size() + " records: " + records);
        return records.getFirst();
    }

    public Story turn(Recorded... events) {
        for (Recorded event : events) records.addAll(fold.apply(++seq, event));
        records.addAll(fold.turnOver());
        return this;
    }

    Story turn(Event... events) {
        Recorded[] recorded = new Recorded[events.length];
        for (int i = 0; i < events.length; i++) recorded[i] = new Recorded.Routed(events[i]);
        return turn(recorded);
    }

    // ---- steps

    public Recorded arrives(ContactId contact) {
        return new Recorded.CallerArrived(
                now, contact, HELPLINE, "18005550100", Optional.of(new NumberHash("0f".repeat(32))));
    }

    public Recorded gone(ContactId contact) {
        return new Recorded.CallerGone(now, contact);
    }

    Recorded speaks(ContactId contact, String language) {
        return new Recorded.InFlow(contact, new FlowEvent.LanguageChosen(now, new SpokenLanguage(language)));
    }

    public Event queued(ContactId contact) {
        return new Event.ContactQueued(
                now,
                contact,
                SNAP,
                SPANISH,
                new ContactContext(HELPLINE, Optional.empty(), Optional.of("snap"), List.of(), BEGINNING));
    }

    OfferId offer() {
        return new OfferId("o-" + ++offers);
    }

    Event offered(OfferId offer, ContactId contact, AgentId agent) {
        return new Event.OfferMade(
                now, offer, contact, agent, now.plusSeconds(20), new Event.Why(1, 1, "longest idle", Optional.empty()));
    }

    Event offerEnds(OfferId offer, ContactId contact, AgentId agent, Event.OfferOutcome outcome) {
        return new Event.OfferEnded(now, offer, contact, agent, outcome);
    }

    Event rings(ContactId contact, AgentId agent) {
        return new Event.ContactConnecting(now, contact, agent, leg(contact, agent));
    }

    Event talks(ContactId contact, AgentId agent) {
        return new Event.ContactConnected(now, contact, agent, leg(contact, agent));
    }

    Event ends(ContactId contact, Event.ContactOutcome outcome) {
        return new Event.ContactEnded(now, contact, outcome);
    }

    Event wrapsUp(ContactId contact, AgentId agent) {
        return new Event.WrapUpStarted(now, contact, agent, now.plusSeconds(120));
    }

    Event wrappedUp(ContactId contact, AgentId agent, String... inquiries) {
        return new Event.WrapUpCompleted(
                now,
                contact,
                agent,
                List.of(inquiries).stream()
                        .map(what -> new Inquiry(
                                what, InquiryOutcome.RESOLVED, Optional.empty(), Optional.empty(), Optional.empty()))
                        .toList());
    }

    static LegId leg(ContactId contact, AgentId agent) {
        return new LegId(contact + "-" + agent);
    }

    Instant now() {
        return now;
    }

    static Requirements requirements() {
        return SPANISH;
    }

    static ContactContext context() {
        return new ContactContext(HELPLINE, Optional.empty(), Optional.of("snap"), List.of(), BEGINNING);
    }

    /// The usual way to an agent: arrives at 0, queued at 10, offered at 20, accepted at 23, talks from 25
    /// on.
    public Story talking(ContactId contact, AgentId agent) {
        OfferId offer = offer();
        at(0).turn(arrives(contact));
        at(10).turn(queued(contact));
        at(20).turn(offered(offer, contact, agent));
        at(23).turn(offerEnds(offer, contact, agent, Event.OfferOutcome.ACCEPTED), rings(contact, agent));
        return at(25).turn(talks(contact, agent));
    }

    public Story handled(ContactId contact, AgentId agent, double end, double wrappedUp, String... inquiries) {
        at(end).turn(
                        gone(contact),
                        new Recorded.Routed(ends(contact, Event.ContactOutcome.HANDLED)),
                        new Recorded.Routed(wrapsUp(contact, agent)));
        return at(wrappedUp).turn(wrappedUp(contact, agent, inquiries));
    }
}
