package org.helpline.records.sql;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.helpline.records.fold.ContactRecord;
import org.helpline.records.fold.ContactRecord.HandledInquiry;
import org.helpline.records.fold.ContactRecord.Outcome;
import org.helpline.records.fold.ContactRecord.Totals;
import org.helpline.records.fold.NumberHash;
import org.helpline.records.fold.Segment;
import org.helpline.records.fold.Segment.Kind;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.HelplineId;
import org.helpline.router.Input.Inquiry;
import org.helpline.router.Input.InquiryOutcome;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;

/// Records to write.
public final class SampleRecords {
    public static final NumberHash CALLER = new NumberHash("ab".repeat(32));
    public static final AgentId ANN = new AgentId("ann");
    public static final AgentId BOB = new AgentId("bob");
    private static final QueueId SNAP = new QueueId("snap");

    private SampleRecords() {}

    /// Everything there can be: waited a minute, talked five with Ann, held one, then with Bob until the end.
    public static ContactRecord full(String id, Instant arrived) {
        Instant queued = arrived.plusSeconds(20);
        Instant talks = queued.plusSeconds(60);
        Instant held = talks.plusSeconds(300);
        Instant on = held.plusSeconds(60);
        Instant end = on.plusSeconds(120);
        ContactId consult = new ContactId(id + "-c1");
        return new ContactRecord(
                new ContactId(id),
                new HelplineId("social-services"),
                "18005550100",
                Optional.of(CALLER),
                Optional.of("es"),
                Optional.of(Modality.VOICE),
                Optional.of("snap"),
                Outcome.HANDLED,
                Optional.empty(),
                arrived,
                Optional.of(queued),
                Optional.of(talks),
                end,
                new Totals(seconds(60), seconds(420), seconds(60), seconds(30), 1, 1, 1),
                List.of(
                        segment(Kind.IVR, arrived, queued, null, null, null),
                        segment(Kind.QUEUE, queued, talks, null, SNAP, "connected"),
                        segment(Kind.OFFER, queued, talks.minusSeconds(5), ANN, null, "accepted"),
                        segment(Kind.TALK, talks, held, ANN, null, "held"),
                        segment(Kind.HOLD, held, on, ANN, null, "transferred"),
                        new Segment(
                                Kind.CONSULT,
                                held.plusSeconds(10),
                                on,
                                Optional.of(BOB),
                                Optional.empty(),
                                Optional.of(ANN),
                                Optional.empty(),
                                Optional.of(consult),
                                Optional.of("completed")),
                        new Segment(
                                Kind.TRANSFER,
                                on,
                                on,
                                Optional.of(ANN),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(BOB),
                                Optional.of(consult),
                                Optional.of("warm")),
                        segment(Kind.TALK, on, end, BOB, null, "handled"),
                        segment(Kind.WRAP_UP, on, on.plusSeconds(30), ANN, null, "completed")),
                3,
                List.of(
                        new HandledInquiry(
                                on.plusSeconds(30),
                                ANN,
                                new Inquiry(
                                        "SNAP - Recertification",
                                        InquiryOutcome.ESCALATED,
                                        Optional.of("second level"),
                                        Optional.of("office"),
                                        Optional.of("called before; ¿otra vez? 再び 😀"))),
                        new HandledInquiry(
                                on.plusSeconds(30),
                                ANN,
                                new Inquiry(
                                        "IDNYC - Card Status",
                                        InquiryOutcome.RESOLVED,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()))));
    }

    /// Left in the menu, number withheld.
    public static ContactRecord inFlow(String id, Instant arrived, String need) {
        Instant gone = arrived.plusMillis(1_234);
        return new ContactRecord(
                new ContactId(id),
                new HelplineId("social-services"),
                "other",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(need),
                Outcome.ENDED_IN_IVR,
                Optional.of("caller-left"),
                arrived,
                Optional.empty(),
                Optional.empty(),
                gone,
                new Totals(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0, 0),
                List.of(segment(Kind.IVR, arrived, gone, null, null, null)),
                0,
                List.of());
    }

    private static Segment segment(Kind kind, Instant from, Instant to, AgentId agent, QueueId queue, String outcome) {
        return new Segment(
                kind,
                from,
                to,
                Optional.ofNullable(agent),
                Optional.ofNullable(queue),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(outcome));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
