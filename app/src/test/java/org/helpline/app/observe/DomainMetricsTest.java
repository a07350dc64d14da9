package org.helpline.app.observe;

import static org.helpline.app.observe.Scrape.SPANISH;
import static org.helpline.app.observe.Scrape.at;
import static org.helpline.app.observe.Scrape.in;
import static org.helpline.app.observe.Scrape.queued;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.helpline.router.AgentId;
import org.helpline.router.AgentState;
import org.helpline.router.ContactId;
import org.helpline.router.DomainSettings;
import org.helpline.router.DomainSettings.DisconnectGraces;
import org.helpline.router.Event;
import org.helpline.router.Event.ContactOutcome;
import org.helpline.router.HelplineId;
import org.helpline.router.LegId;
import org.helpline.router.OfferId;
import org.helpline.router.QueueId;
import org.helpline.router.QueueSettings;
import org.helpline.router.SupervisionMode;
import org.helpline.router.SupervisorId;
import org.helpline.router.TransferTarget;
import org.junit.jupiter.api.Test;

class DomainMetricsTest {
    private static final AgentId ANNA = new AgentId("agent1");
    private static final AgentId BEN = new AgentId("agent2");
    private static final ContactId C1 = new ContactId("c1");
    private static final String SNAP = in("snap");
    private static final String MEDICAID = in("medicaid");

    private final Scrape scrape = new Scrape();

    @Test
    void a_contact_that_is_served_is_offered_waits_and_is_handled() {
        scrape.tell(queued(0, C1, "snap"));
        scrape.has(
                "helpline_contacts_waiting{" + SNAP + "} 1.0", "helpline_contacts_abandoned_total{" + SNAP + "} 0.0");

        scrape.tell(
                new Event.OfferEnded(at(6), new OfferId("c1.1"), C1, ANNA, Event.OfferOutcome.ACCEPTED),
                connected(7, ANNA));
        scrape.has("helpline_contacts_waiting{" + SNAP + "} 0.0", "helpline_contacts_talking{" + SNAP + "} 1.0");

        scrape.tell(ended(90, ContactOutcome.HANDLED));
        scrape.has(
                "helpline_contacts_offered_total{" + SNAP + "} 1.0",
                "helpline_contacts_answered_total{" + SNAP + "} 1.0",
                "helpline_contacts_answered_within_threshold_total{" + SNAP + "} 1.0",
                "helpline_contacts_handled_total{" + SNAP + "} 1.0",
                "helpline_contacts_talking{" + SNAP + "} 0.0",
                "helpline_queue_wait_seconds_sum{" + SNAP + "} 7.0",
                "helpline_queue_wait_seconds_bucket{" + SNAP + ",le=\"5.0\"} 0",
                "helpline_queue_wait_seconds_bucket{" + SNAP + ",le=\"20.0\"} 1",
                "helpline_offers_total{outcome=\"accepted\"} 1.0",
                "helpline_ring_no_answers_total 0.0");
    }

    @Test
    void a_wait_is_measured_once_however_often_the_contact_returns() {
        scrape.tell(
                queued(0, C1, "snap"),
                connected(21, ANNA),
                new Event.AgentLost(at(30), C1, ANNA, new LegId("c1.d1")),
                new Event.ContactRequeued(at(40), C1, Event.RequeueReason.AGENT_LOST));
        scrape.has("helpline_contacts_waiting{" + SNAP + "} 1.0");
        scrape.tell(connected(55, BEN), ended(60, ContactOutcome.HANDLED));

        scrape.has(
                "helpline_queue_wait_seconds_count{" + SNAP + "} 1",
                "helpline_contacts_answered_total{" + SNAP + "} 1.0",
                "helpline_contacts_answered_within_threshold_total{" + SNAP + "} 0.0",
                "helpline_contacts_requeued_total{"
                        + SNAP.replace(",queue=\"snap\"", ",queue=\"snap\",reason=\"agent-lost\"") + "} 1.0",
                "helpline_talk_seconds_count{" + SNAP + "} 1",
                "helpline_talk_seconds_sum{" + SNAP + "} 9.0");
    }

    @Test
    void who_leaves_counts_by_when() {
        ContactId[] ids = {new ContactId("c2"), new ContactId("c3"), new ContactId("c4")};
        long[] leftAt = {5, 20, 21};
        for (int i = 0; i < ids.length; i++) {
            scrape.tell(
                    queued(0, ids[i], "snap"), new Event.ContactEnded(at(leftAt[i]), ids[i], ContactOutcome.ABANDONED));
        }
        scrape.has(
                "helpline_contacts_abandoned_total{" + SNAP + "} 3.0",
                "helpline_contacts_abandoned_unanswered_total{" + SNAP + "} 3.0",
                "helpline_contacts_abandoned_within_threshold_total{" + SNAP + "} 2.0",
                "helpline_contacts_short_abandoned_total{" + SNAP + "} 1.0",
                "helpline_abandon_wait_seconds_sum{" + SNAP + "} 46.0",
                "helpline_contacts_waiting{" + SNAP + "} 0.0");
    }

    @Test
    void who_talked_with_an_agent_before_leaving_is_no_failure_to_answer() {
        scrape.tell(
                queued(0, C1, "snap"),
                connected(3, ANNA),
                new Event.ContactRequeued(at(4), C1, Event.RequeueReason.CONNECT_FAILED),
                ended(5, ContactOutcome.ABANDONED));
        scrape.has(
                "helpline_contacts_abandoned_total{" + SNAP + "} 1.0",
                "helpline_contacts_abandoned_unanswered_total{" + SNAP + "} 0.0",
                "helpline_contacts_short_abandoned_total{" + SNAP + "} 0.0");
    }

    @Test
    void talk_hold_and_wrap_up_are_charged_to_whom_they_belong() {
        scrape.tell(queued(0, C1, "snap"), connected(10, ANNA), new Event.ContactHeld(at(40), C1, ANNA));
        scrape.has("helpline_contacts_held{" + SNAP + "} 1.0", "helpline_contacts_talking{" + SNAP + "} 0.0");
        scrape.tell(
                new Event.ContactRetrieved(at(50), C1, ANNA),
                new Event.ContactTransferred(
                        at(60), C1, ANNA, new TransferTarget.ToQueue(new QueueId("medicaid")), SPANISH),
                new Event.WrapUpStarted(at(60), C1, ANNA, at(120)),
                connected(70, BEN),
                new Event.WrapUpCompleted(at(75), C1, ANNA, List.of()),
                ended(100, ContactOutcome.HANDLED),
                new Event.WrapUpStarted(at(100), C1, BEN, at(160)),
                new Event.WrapUpCompleted(at(108), C1, BEN, List.of()));

        scrape.has(
                "helpline_talk_seconds_sum{" + SNAP + "} 40.0",
                "helpline_hold_seconds_sum{" + SNAP + "} 10.0",
                "helpline_wrap_up_seconds_sum{" + SNAP + "} 15.0",
                "helpline_handling_seconds_sum{" + SNAP + "} 65.0",
                "helpline_talk_seconds_sum{" + MEDICAID + "} 30.0",
                "helpline_hold_seconds_count{" + MEDICAID + "} 0",
                "helpline_wrap_up_seconds_sum{" + MEDICAID + "} 8.0",
                "helpline_handling_seconds_count{" + MEDICAID + "} 1");
    }

    @Test
    void a_transferred_contact_waits_in_another_row_and_counts_where_it_came_in() {
        scrape.tell(
                queued(0, C1, "snap"),
                connected(10, ANNA),
                new Event.ContactTransferred(
                        at(60), C1, ANNA, new TransferTarget.ToQueue(new QueueId("medicaid")), SPANISH));
        scrape.elapse(Duration.ofSeconds(70));
        scrape.has(
                "helpline_contacts_transferred_out_total{" + transfer("snap", "queue", "cold") + "} 1.0",
                "helpline_contacts_transferred_in_total{" + MEDICAID + "} 1.0",
                "helpline_contacts_offered_total{" + MEDICAID + "} 0.0",
                "helpline_contacts_waiting{" + MEDICAID + "} 1.0",
                "helpline_longest_wait_seconds{" + MEDICAID + "} 10.0",
                "helpline_longest_wait_seconds{" + SNAP + "} 0.0");

        scrape.tell(ended(80, ContactOutcome.ABANDONED));
        scrape.has(
                "helpline_contacts_abandoned_total{" + SNAP + "} 1.0",
                "helpline_contacts_abandoned_total{" + MEDICAID + "} 0.0",
                "helpline_contacts_waiting{" + MEDICAID + "} 0.0");
    }

    @Test
    void a_contact_passed_on_to_a_number_was_handled() {
        scrape.tell(
                queued(0, C1, "snap"),
                connected(10, ANNA),
                new Event.ContactTransferred(at(60), C1, ANNA, new TransferTarget.ToNumber("12125550100"), SPANISH),
                ended(60, ContactOutcome.TRANSFERRED_OUT));
        scrape.has(
                "helpline_contacts_handled_total{" + SNAP + "} 1.0",
                "helpline_contacts_transferred_out_total{" + transfer("snap", "number", "cold") + "} 1.0",
                "helpline_contacts_talking{" + SNAP + "} 0.0");
        assertFalse(scrape.text().contains("12125550100"));
    }

    @Test
    void a_consult_is_no_contact_of_a_caller() {
        ContactId consult = new ContactId("c1-c1");
        TransferTarget target = new TransferTarget.ToAgent(BEN);
        scrape.tell(
                queued(0, C1, "snap"),
                connected(10, ANNA),
                new Event.ContactHeld(at(20), C1, ANNA),
                new Event.ConsultStarted(
                        at(20),
                        consult,
                        C1,
                        ANNA,
                        target,
                        SPANISH,
                        queued(0, C1, "snap").context()));
        scrape.has("helpline_consults_open 1.0");
        scrape.tell(
                new Event.ContactConnected(at(25), consult, BEN, new LegId("c1-c1.d1")),
                new Event.TransferCompleted(at(35), C1, consult, ANNA, BEN, new LegId("c1-c1.d1")),
                new Event.ConsultEnded(at(35), consult, C1, Event.ConsultOutcome.COMPLETED),
                new Event.WrapUpStarted(at(35), C1, ANNA, at(95)),
                new Event.WrapUpCompleted(at(36), C1, ANNA, List.of()),
                ended(50, ContactOutcome.HANDLED),
                new Event.AgentStateChanged(at(50), BEN, AgentState.READY, Optional.empty()));

        scrape.has(
                "helpline_consults_open 0.0",
                "helpline_consults_total{outcome=\"completed\"} 1.0",
                "helpline_contacts_answered_total{" + SNAP + "} 1.0",
                "helpline_contacts_handled_total{" + SNAP + "} 1.0",
                "helpline_contacts_transferred_out_total{" + transfer("snap", "agent", "warm") + "} 1.0",
                "helpline_contacts_transferred_in_total{" + SNAP + "} 1.0",
                "helpline_contacts_held{" + SNAP + "} 0.0",
                "helpline_talk_seconds_sum{" + SNAP + "} 25.0",
                "helpline_hold_seconds_sum{" + SNAP + "} 15.0",
                "helpline_handling_seconds_count{" + SNAP + "} 2");
    }

    @Test
    void agents_are_counted_by_state_reason_and_time() {
        scrape.tell(state(0, ANNA, AgentState.NOT_READY, "signed-in"), state(0, BEN, AgentState.NOT_READY, "my dog"));
        scrape.has(
                "helpline_agents{state=\"not-ready\"} 2.0",
                "helpline_agents_not_ready{reason=\"signed-in\"} 1.0",
                "helpline_agents_not_ready{reason=\"other\"} 1.0",
                "helpline_occupancy_ratio 0.0");

        scrape.tell(
                new Event.AgentStateChanged(at(10), ANNA, AgentState.READY, Optional.empty()),
                new Event.AgentStateChanged(at(10), BEN, AgentState.ON_CONTACT, Optional.empty()));
        scrape.elapse(Duration.ofSeconds(25));
        scrape.has(
                "helpline_agents{state=\"ready\"} 1.0",
                "helpline_agents{state=\"not-ready\"} 0.0",
                "helpline_agents_not_ready{reason=\"other\"} 0.0",
                "helpline_agent_state_seconds_total{state=\"not-ready\"} 20.0",
                "helpline_agent_state_seconds_total{state=\"ready\"} 15.0",
                "helpline_occupancy_ratio 0.5");
    }

    @Test
    void closed_queues_supervision_and_unreachable_phones_show() {
        SupervisorId supervisor = new SupervisorId("supervisor1");
        LegId leg = new LegId("s1");
        scrape.tell(
                configured(),
                new Event.QueueClosed(at(0), new QueueId("snap")),
                new Event.DeviceReachabilityChanged(at(0), ANNA, Optional.of("not registered")),
                new Event.SupervisionStarted(at(1), supervisor, C1, ANNA, SupervisionMode.MONITOR, leg),
                new Event.SupervisionChanged(at(2), supervisor, C1, ANNA, SupervisionMode.WHISPER));
        scrape.has(
                "helpline_queue_closed{helpline=\"social-services\",queue=\"snap\"} 1.0",
                "helpline_agents_device_unreachable 1.0",
                "helpline_supervisions_open{mode=\"monitor\"} 0.0",
                "helpline_supervisions_open{mode=\"whisper\"} 1.0",
                "helpline_supervisions_total{mode=\"monitor\"} 1.0");

        scrape.tell(
                new Event.QueueOpened(at(3), new QueueId("snap")),
                new Event.DeviceReachabilityChanged(at(3), ANNA, Optional.empty()));
        scrape.has(
                "helpline_queue_closed{helpline=\"social-services\",queue=\"snap\"} 0.0",
                "helpline_agents_device_unreachable 0.0");
    }

    @Test
    void the_topic_is_never_a_label() {
        scrape.tell(queued(0, C1, "snap"), connected(7, ANNA), ended(9, ContactOutcome.HANDLED));
        assertFalse(scrape.text().contains("SNAP"));
        assertFalse(scrape.text().contains("agent1"));
    }

    private static Event configured() {
        QueueSettings queue = QueueSettings.of(new QueueId("snap"), new HelplineId("social-services"), List.of());
        return new Event.DomainConfigured(
                at(0), new DomainSettings("main", List.of(queue), List.of(), DisconnectGraces.DEFAULT));
    }

    private static String transfer(String queue, String to, String mode) {
        return "helpline=\"social-services\",language=\"es\",modality=\"voice\",mode=\"" + mode + "\",queue=\"" + queue
                + "\",to=\"" + to + "\"";
    }

    private static Event connected(long second, AgentId agent) {
        return new Event.ContactConnected(at(second), C1, agent, new LegId("c1.d" + second));
    }

    private static Event ended(long second, ContactOutcome outcome) {
        return new Event.ContactEnded(at(second), C1, outcome);
    }

    private static Event state(long second, AgentId agent, AgentState state, String reason) {
        return new Event.AgentStateChanged(at(second), agent, state, Optional.of(reason));
    }
}
