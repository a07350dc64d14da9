package org.helpline.records.fold;

import static org.helpline.records.fold.Story.ANN;
import static org.helpline.records.fold.Story.BEGINNING;
import static org.helpline.records.fold.Story.BOB;
import static org.helpline.records.fold.Story.SNAP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.records.fold.ContactRecord.Outcome;
import org.helpline.records.fold.Segment.Kind;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.Event.ConsultOutcome;
import org.helpline.router.Event.ContactOutcome;
import org.helpline.router.Event.OfferOutcome;
import org.helpline.router.Event.RequeueReason;
import org.helpline.router.OfferId;
import org.helpline.router.QueueId;
import org.helpline.router.TransferTarget;
import org.junit.jupiter.api.Test;

class RecordFoldTest {
    private static final ContactId CALL = new ContactId("c-1");
    private static final ContactId CONSULT = new ContactId("c-1-c1");

    private final Story story = new Story();

    @Test
    void aHandledContactIsChargedToWhomItBelongs() {
        ContactRecord record = story.talking(CALL, ANN)
                .handled(CALL, ANN, 85.5, 100, "SNAP - Recertification", "IDNYC - Card Status")
                .only();
        assertEquals(Outcome.HANDLED, record.outcome());
        assertEquals(
                List.of(
                        "IVR 0.0-10.0",
                        "QUEUE 10.0-25.0 snap connected",
                        "OFFER 20.0-23.0 ann accepted",
                        "RING 23.0-25.0 ann connected",
                        "TALK 25.0-85.5 ann handled",
                        "WRAP_UP 85.5-100.0 ann completed"),
                told(record));
        assertEquals(Optional.of(second(10)), record.offeredAt());
        assertEquals(Optional.of(second(25)), record.answeredAt());
        assertEquals(second(85.5), record.endedAt());
        assertEquals(
                new ContactRecord.Totals(
                        Duration.ofSeconds(15),
                        Duration.ofMillis(60_500),
                        Duration.ZERO,
                        Duration.ofMillis(14_500),
                        0,
                        0,
                        0),
                record.totals());
        assertEquals(
                List.of("SNAP - Recertification", "IDNYC - Card Status"),
                record.inquiries().stream().map(one -> one.inquiry().inquiry()).toList());
        assertEquals(Optional.of("es"), record.language());
        assertEquals(List.of(SNAP), record.queues());
        assertEquals(List.of(ANN), record.agents());
    }

    /// The wrap-up begins in the turn that ends the contact: the record waits for it.
    @Test
    void aRecordWaitsForTheEndOfItsTurn() {
        RecordFold fold = new RecordFold(Duration.ZERO);
        Story other = new Story(fold).talking(CALL, ANN);
        Recorded gone = other.at(30).gone(CALL);
        assertEquals(List.of(), fold.apply(100, gone));
        assertEquals(List.of(), fold.apply(101, new Recorded.Routed(other.ends(CALL, ContactOutcome.HANDLED))));
        assertEquals(List.of(), fold.apply(102, new Recorded.Routed(other.wrapsUp(CALL, ANN))));
        assertEquals(List.of(), fold.turnOver());
        assertEquals(List.of(), fold.apply(103, new Recorded.Routed(other.at(40).wrappedUp(CALL, ANN))));
        List<ContactRecord> complete = fold.apply(104, other.at(41).arrives(new ContactId("c-2")));
        assertEquals(CALL, complete.getFirst().contact());
        assertEquals(0, new Story(fold).records().size());
        assertEquals(1, fold.openContacts());
        assertEquals(104, fold.resumeSeq());
    }

    @Test
    void holdsAndTransfersAreToldApart() {
        story.talking(CALL, ANN);
        story.at(40).turn(new Event.ContactHeld(story.now(), CALL, ANN));
        story.at(50).turn(new Event.ContactRetrieved(story.now(), CALL, ANN));
        story.at(60).turn(new Event.ContactHeld(story.now(), CALL, ANN), consultStarted());
        OfferId offer = story.offer();
        story.at(61).turn(story.offered(offer, CONSULT, BOB));
        story.at(63).turn(story.offerEnds(offer, CONSULT, BOB, OfferOutcome.ACCEPTED), story.rings(CONSULT, BOB));
        story.at(64).turn(story.talks(CONSULT, BOB));
        story.at(80)
                .turn(
                        new Event.TransferCompleted(story.now(), CALL, CONSULT, ANN, BOB, Story.leg(CONSULT, BOB)),
                        new Event.ConsultEnded(story.now(), CONSULT, CALL, ConsultOutcome.COMPLETED),
                        story.wrapsUp(CALL, ANN));
        story.at(90).turn(story.wrappedUp(CALL, ANN, "SNAP - Recertification"));
        assertEquals(List.of(), story.records(), "it goes on with Bob");
        ContactRecord record =
                story.handled(CALL, BOB, 140, 150, "IDNYC - Card Status").only();
        assertEquals(
                List.of(
                        "TALK 25.0-40.0 ann held",
                        "HOLD 40.0-50.0 ann retrieved",
                        "TALK 50.0-60.0 ann held",
                        "HOLD 60.0-80.0 ann transferred",
                        "CONSULT 60.0-80.0 ann c-1-c1 completed",
                        "OFFER 61.0-63.0 bob c-1-c1 accepted",
                        "RING 63.0-64.0 bob c-1-c1 connected",
                        "CONSULT 64.0-80.0 bob by ann c-1-c1 completed",
                        "TRANSFER 80.0-80.0 ann to bob c-1-c1 warm",
                        "WRAP_UP 80.0-90.0 ann completed",
                        "TALK 80.0-140.0 bob handled",
                        "WRAP_UP 140.0-150.0 bob completed"),
                told(record).stream().skip(4).toList());
        assertEquals(Duration.ofSeconds(15 + 10 + 60), record.totals().talk());
        assertEquals(Duration.ofSeconds(30), record.totals().hold());
        assertEquals(Duration.ofSeconds(20), record.totals().wrapUp());
        assertEquals(1, record.totals().transfers());
        assertEquals(1, record.totals().consults());
        assertEquals(List.of(ANN, BOB), record.agents());
        assertEquals(
                List.of(ANN, BOB),
                record.inquiries().stream().map(one -> one.agent()).toList());
        assertPartition(record);
    }

    @Test
    void aColdTransferWaitsAgain() {
        story.talking(CALL, ANN);
        QueueId cash = new QueueId("cash");
        story.at(40)
                .turn(
                        new Event.ContactTransferred(
                                story.now(), CALL, ANN, new TransferTarget.ToQueue(cash), Story.requirements()),
                        story.wrapsUp(CALL, ANN));
        story.at(45).turn(story.wrappedUp(CALL, ANN));
        ContactRecord record = story.at(70)
                .turn(story.gone(CALL), new Recorded.Routed(story.ends(CALL, ContactOutcome.ABANDONED)))
                .only();
        assertEquals(Outcome.ABANDONED, record.outcome());
        assertEquals(Optional.of(second(25)), record.answeredAt());
        assertEquals(List.of(SNAP, cash), record.queues());
        assertEquals(Duration.ofSeconds(15 + 30), record.totals().queueWait());
        assertTrue(
                told(record).contains("TRANSFER 40.0-40.0 ann cash cold"),
                told(record).toString());
        assertTrue(
                told(record).contains("WRAP_UP 40.0-45.0 ann undetermined"),
                told(record).toString());
        assertPartition(record);
    }

    /// Where it went is not ours to keep: the number is somebody's.
    @Test
    void aTransferOutEndsOurPart() {
        story.talking(CALL, ANN);
        story.at(40)
                .turn(
                        new Event.ContactTransferred(
                                story.now(),
                                CALL,
                                ANN,
                                new TransferTarget.ToNumber("12125550199"),
                                Story.requirements()),
                        story.ends(CALL, ContactOutcome.TRANSFERRED_OUT),
                        story.wrapsUp(CALL, ANN));
        story.at(41).turn(story.gone(CALL));
        ContactRecord record = story.at(50).turn(story.wrappedUp(CALL, ANN)).only();
        assertEquals(Outcome.TRANSFERRED_OUT, record.outcome());
        assertEquals(second(40), record.endedAt());
        assertTrue(told(record).contains("CLOSING 40.0-41.0"), told(record).toString());
        assertTrue(!record.toString().contains("12125550199"), "the number is not in the record");
    }

    @Test
    void aConsultThatComesToNothingIsChargedToBoth() {
        story.talking(CALL, ANN);
        story.at(40).turn(new Event.ContactHeld(story.now(), CALL, ANN), consultStarted());
        OfferId offer = story.offer();
        story.at(41).turn(story.offered(offer, CONSULT, BOB));
        story.at(44).turn(story.offerEnds(offer, CONSULT, BOB, OfferOutcome.ACCEPTED), story.rings(CONSULT, BOB));
        story.at(50).turn(new Event.ConsultEnded(story.now(), CONSULT, CALL, ConsultOutcome.CANCELLED));
        story.at(52).turn(new Event.ContactRetrieved(story.now(), CALL, ANN));
        ContactRecord record = story.handled(CALL, ANN, 60, 60).only();
        assertTrue(
                told(record).contains("RING 44.0-50.0 bob c-1-c1 cancelled"),
                told(record).toString());
        assertTrue(
                told(record).contains("CONSULT 40.0-50.0 ann c-1-c1 cancelled"),
                told(record).toString());
        assertEquals(List.of(ANN), record.agents());
        assertEquals(Duration.ofSeconds(12), record.totals().hold());
        assertPartition(record);
    }

    @Test
    void aLostAgentIsNeitherTalkNorHold() {
        story.talking(CALL, ANN);
        story.at(40).turn(new Event.AgentLost(story.now(), CALL, ANN, Story.leg(CALL, ANN)));
        story.at(41).turn(story.rings(CALL, ANN));
        story.at(45).turn(new Event.ContactRequeued(story.now(), CALL, RequeueReason.DEVICE_FAILED));
        ContactRecord record = story.at(48)
                .turn(story.gone(CALL), new Recorded.Routed(story.ends(CALL, ContactOutcome.ABANDONED)))
                .only();
        assertEquals(1, record.totals().requeues());
        assertEquals(Duration.ofSeconds(15), record.totals().talk());
        assertTrue(
                told(record).contains("LOST 40.0-45.0 ann device-failed"),
                told(record).toString());
        assertTrue(
                told(record).contains("RING 41.0-45.0 ann device-failed"),
                told(record).toString());
        // Three seconds after it went back, but it had been answered: no short abandon.
        assertEquals(Outcome.ABANDONED, record.outcome());
        assertPartition(record);
    }

    @Test
    void whomTheSwitchLostHasNotAbandoned() {
        story.at(0).turn(story.arrives(CALL));
        story.at(10).turn(story.queued(CALL));
        ContactRecord record = story.at(13)
                .turn(story.gone(CALL), new Recorded.Routed(story.ends(CALL, ContactOutcome.LOST)))
                .only();
        assertEquals(Outcome.LOST, record.outcome());
    }

    @Test
    void shortAbandonsHaveAThreshold() {
        assertEquals(Outcome.SHORT_ABANDONED, abandonedAfter(5).outcome());
        assertEquals(Outcome.ABANDONED, abandonedAfter(5.001).outcome());
    }

    private static ContactRecord abandonedAfter(double seconds) {
        Story story = new Story();
        story.at(0).turn(story.arrives(CALL));
        story.at(10).turn(story.queued(CALL));
        story.at(10 + seconds).turn(story.gone(CALL), new Recorded.Routed(story.ends(CALL, ContactOutcome.ABANDONED)));
        return story.only();
    }

    @Test
    void whoLeavesInTheMenuLeavesARecordToo() {
        story.at(0).turn(story.arrives(CALL), story.speaks(CALL, "ht"));
        ContactRecord record = story.at(7.25).turn(story.gone(CALL)).only();
        assertEquals(Outcome.ENDED_IN_IVR, record.outcome());
        assertEquals(Optional.of("ht"), record.language());
        assertEquals(Optional.empty(), record.offeredAt());
        assertEquals(List.of("IVR 0.0-7.25"), told(record));
    }

    /// A fold that began too late, or missed events, tells nothing rather than something wrong.
    @Test
    void halfAContactLeavesNoRecord() {
        RecordFold fold = new RecordFold(Duration.ZERO);
        Story other = new Story(fold);
        other.at(10).turn(other.queued(CALL));
        other.at(20).turn(other.gone(CALL), new Recorded.Routed(other.ends(CALL, ContactOutcome.ABANDONED)));
        other.at(30).turn(other.arrives(new ContactId("c-2")));
        assertEquals(1, fold.gap(1_000));
        other.at(40).turn(other.gone(new ContactId("c-2")));
        assertEquals(List.of(), other.records());
        assertEquals(1, fold.lost());
    }

    @Test
    void whatIsOpenHasABound() {
        RecordFold fold = new RecordFold(Duration.ZERO, 2);
        Story other = new Story(fold);
        for (int i = 1; i <= 3; i++) other.at(i).turn(other.arrives(new ContactId("c-" + i)));
        assertEquals(2, fold.openContacts());
        assertEquals(1, fold.lost());
        other.at(10).turn(other.gone(new ContactId("c-1")), other.gone(new ContactId("c-3")));
        assertEquals(new ContactId("c-3"), other.only().contact());
    }

    @Test
    void segmentsHaveABoundAndTotalsHaveNone() {
        story.talking(CALL, ANN);
        int rounds = OpenContact.MOST_SEGMENTS;
        for (int i = 0; i < rounds; i++) {
            story.at(30 + 2 * i).turn(new Event.ContactHeld(story.now(), CALL, ANN));
            story.at(31 + 2 * i).turn(new Event.ContactRetrieved(story.now(), CALL, ANN));
        }
        ContactRecord record =
                story.handled(CALL, ANN, 30 + 2 * rounds, 31 + 2 * rounds).only();
        assertEquals(OpenContact.MOST_SEGMENTS, record.segments().size());
        assertEquals(2 * rounds + 6 - OpenContact.MOST_SEGMENTS, record.droppedSegments());
        assertEquals(Duration.ofSeconds(rounds), record.totals().hold());
        assertEquals(Duration.ofSeconds(5 + rounds), record.totals().talk());
    }

    private Event consultStarted() {
        return new Event.ConsultStarted(
                story.now(),
                CONSULT,
                CALL,
                ANN,
                new TransferTarget.ToAgent(BOB),
                Story.requirements(),
                Story.context());
    }

    /// What the caller lived through has neither gap nor overlap.
    private static void assertPartition(ContactRecord record) {
        Instant at = record.arrivedAt();
        for (Segment segment : record.segments()) {
            if (!segment.kind().ofTheCaller()) continue;
            assertEquals(at, segment.start(), "before " + segment);
            at = segment.end();
        }
        assertEquals(
                record.segments().stream()
                        .filter(segment -> segment.kind() == Kind.CLOSING)
                        .map(Segment::end)
                        .findFirst()
                        .orElse(record.endedAt()),
                at);
    }

    private static List<String> told(ContactRecord record) {
        return record.segments().stream().map(RecordFoldTest::told).toList();
    }

    private static String told(Segment segment) {
        StringBuilder told = new StringBuilder();
        told.append(segment.kind())
                .append(' ')
                .append(after(segment.start()))
                .append('-')
                .append(after(segment.end()));
        segment.agent().ifPresent(agent -> told.append(' ').append(agent));
        segment.queue().ifPresent(queue -> told.append(' ').append(queue));
        segment.by().ifPresent(by -> told.append(" by ").append(by));
        segment.to().ifPresent(to -> told.append(" to ").append(to));
        segment.consult().ifPresent(consult -> told.append(' ').append(consult));
        segment.outcome().ifPresent(outcome -> told.append(' ').append(outcome));
        return told.toString();
    }

    private static double after(Instant at) {
        return Duration.between(BEGINNING, at).toMillis() / 1000.0;
    }

    private static Instant second(double seconds) {
        return BEGINNING.plusMillis(Math.round(seconds * 1000));
    }
}
