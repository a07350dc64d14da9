package org.helpline.app.system;

import static org.helpline.app.system.Patience.holds;
import static org.helpline.app.system.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.helpline.records.fold.ContactRecord;
import org.helpline.records.fold.ContactRecord.Outcome;
import org.helpline.records.fold.Segment;
import org.helpline.records.fold.Segment.Kind;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A sipp caller and two agents whose browsers are desk and telephone in one: talk, hold, a warm transfer to the
/// second desk and another one back. Everybody is told apart by a tone, and the record says whose time it was.
@Tag("system")
class TwoDesksTest {
    private static final Logger log = LoggerFactory.getLogger(TwoDesksTest.class);
    private static final double FIRST_HZ = 1300;
    private static final double SECOND_HZ = 1700;

    @RegisterExtension
    static final HelplineSystem helpline = HelplineSystem.shipped();

    private final List<Moment> moments = new ArrayList<>();

    /// A change of the call that was asked for after `from` and was seen before `until`.
    private record Moment(String what, Instant from, Instant until) {}

    private interface Doing {
        void run();
    }

    private void moment(String what, Doing asksAndSees) {
        Instant from = Instant.now();
        asksAndSees.run();
        moments.add(new Moment(what, from, Instant.now()));
    }

    @Test
    void warmTransferToTheSecondDeskAndBack() {
        try (DeskPage first = DeskPage.agent(helpline, "agent1", FIRST_HZ);
                DeskPage second = DeskPage.agent(helpline, "agent2", SECOND_HZ)) {
            first.goesReady();
            try (SippCaller caller = SippCaller.calls(helpline.sip(), "12125550181", true)) {
                first.sees("#offer-title", "Spanish");
                String contact = contactOfferedTo("agent1");
                moment("talk", () -> first.press("#accept").sees(".call.talking"));
                first.hearsSoon("the caller", Caller.HZ);
                hears(caller, "the first agent", FIRST_HZ);
                assertTrue(first.packetsHeard() > 0, "WebRTC counts what it hears");

                moment("hold", () -> first.press("#hold").sees(".call.held"));
                holds(
                        "the held caller does not hear the agent",
                        Duration.ofMillis(1_500),
                        () -> !caller.media().hears(FIRST_HZ));
                moment("resume", () -> first.press("#hold").sees(".call.talking"));
                hears(caller, "the first agent again", FIRST_HZ);

                second.goesReady();
                handOver(first, "agent2", second, "hand over");
                second.hearsSoon("the caller", Caller.HZ);
                hears(caller, "the second agent", SECOND_HZ);
                first.wrapsUp("snap rec");

                handOver(second, "agent1", first, "hand back");
                first.hearsSoon("the caller again", Caller.HZ);
                hears(caller, "the first agent at last", FIRST_HZ);
                second.wrapsUp("one-shot");

                moment("end", () -> first.press("#hang-up").sees("#wrap-up"));
                caller.endsWithBye();
                first.wrapsUp("snap rec");
                helpline.nothingLeft();
                isRecorded(recordOf(contact));
            }
        }
    }

    /// The consult is answered and both agents hear each other, not the caller; then it is completed.
    private void handOver(DeskPage from, String colleague, DeskPage to, String what) {
        double fromHz = colleague.equals("agent2") ? FIRST_HZ : SECOND_HZ;
        double toHz = colleague.equals("agent2") ? SECOND_HZ : FIRST_HZ;
        moment(what + ": asked", () -> from.startsConsultWith(colleague).sees(".call.held"));
        to.press("#accept").sees(".call.talking");
        from.sees("#consult", "Talking").hearsSoon("the colleague", toHz);
        to.hearsSoon("the colleague", fromHz);
        moment(what, () -> from.press("#complete-transfer").sees("#wrap-up"));
    }

    private static void hears(SippCaller caller, String whom, double hz) {
        until("the caller hears " + whom, () -> caller.media().hears(hz));
    }

    private static String contactOfferedTo(String agent) {
        return helpline.desktop(agent)
                .welcome()
                .getJsonArray("contacts")
                .getJsonObject(0)
                .getString("contactId");
    }

    private static ContactRecord recordOf(String contact) {
        ContactId id = new ContactId(contact);
        until("the record is written", () -> helpline.record(id).isPresent());
        return helpline.record(id).orElseThrow();
    }

    private void isRecorded(ContactRecord record) {
        AgentId one = new AgentId("agent1");
        AgentId two = new AgentId("agent2");
        List<Segment> lived = record.segments().stream()
                .filter(segment -> segment.kind().ofTheCaller())
                .toList();
        List<String> story = lived.stream()
                .map(segment -> segment.kind()
                        + segment.agent().map(agent -> " " + agent).orElse(""))
                .toList();
        assertEquals(
                List.of(
                        "IVR",
                        "QUEUE",
                        "TALK " + one,
                        "HOLD " + one,
                        "TALK " + one,
                        "HOLD " + one,
                        "TALK " + two,
                        "HOLD " + two,
                        "TALK " + one),
                story.subList(0, 9));
        List<Instant> boundaries =
                new ArrayList<>(lived.subList(2, 9).stream().map(Segment::start).toList());
        boundaries.add(lived.get(8).end());
        assertEquals(moments.size(), boundaries.size());
        for (int i = 0; i < boundaries.size(); i++) {
            Moment moment = moments.get(i);
            Instant recorded = boundaries.get(i);
            log.info(
                    "{}: recorded {} ms after it was asked for, seen within {} ms",
                    moment.what(),
                    Duration.between(moment.from(), recorded).toMillis(),
                    Duration.between(moment.from(), moment.until()).toMillis());
            assertTrue(
                    recorded.isAfter(moment.from().minusMillis(2))
                            && recorded.isBefore(moment.until().plusMillis(2)),
                    () -> moment + " but recorded " + recorded);
        }
        assertEquals(Outcome.HANDLED, record.outcome());
        assertEquals(List.of(one, two), record.agents());
        assertEquals(2, record.totals().transfers());
        assertEquals(2, record.totals().consults());
        assertEquals(3, record.inquiries().size());
        assertEquals(
                3,
                record.segments().stream()
                        .filter(segment -> segment.kind() == Kind.WRAP_UP)
                        .count());
    }
}
