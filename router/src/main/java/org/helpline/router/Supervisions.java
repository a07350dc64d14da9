package org.helpline.router;

import java.time.Duration;
import java.util.Optional;
import org.helpline.router.Event.SupervisionOutcome;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.SupervisionView;

/// Supervisors who listen in. Nothing here changes a contact or its agent.
///
/// What is supervised is one contact while one agent has it in hand: listening hangs on that agent's leg, and
/// who was to hear this agent is not to hear another one, or the caller alone, without asking. So it ends when
/// the contact leaves the agent, by transfer too.
final class Supervisions {
    /// Supervisors who may listen in on one contact at once.
    static final int MOST_FOR_A_CONTACT = 5;

    private Supervisions() {}

    static void supervise(TurnDraft turn, Input.Supervise supervise) {
        Optional<SupervisionView> running = turn.tables().supervisions().of(supervise.supervisor());
        if (running.isPresent()) {
            change(turn, running.get(), supervise);
            return;
        }
        Optional<Contact> found = turn.tables().contact(supervise.contact());
        if (found.isEmpty()) {
            if (turn.tables().known(supervise.contact())) {
                turn.refuse("wrong-state", "contact " + supervise.contact() + " is over and in wrap-up");
            } else {
                turn.refuse("unknown-contact", "there is no contact " + supervise.contact() + ", or it is over");
            }
            return;
        }
        Contact contact = found.get();
        if (contact.consultOf().isPresent()) {
            turn.refuse(
                    "consulting",
                    contact.id() + " is a consult; listen in on contact "
                            + contact.consultOf().get().id());
        } else if (!isInHand(contact)) {
            Refusals.wrongState(turn, contact, "it can be supervised while it is TALKING or HELD");
        } else if (turn.tables().offersSuspended()) {
            turn.refuse("offers-suspended", "the carrier is away and nobody can be called");
        } else if (listeners(turn, contact) >= MOST_FOR_A_CONTACT) {
            turn.refuse(
                    "too-many-supervisors",
                    MOST_FOR_A_CONTACT + " supervisors listen in on contact " + contact.id() + "; no more may");
        } else {
            ring(turn, contact, supervise);
        }
    }

    private static boolean isInHand(Contact contact) {
        return contact.state() == ContactState.TALKING || contact.state() == ContactState.HELD;
    }

    private static long listeners(TurnDraft turn, Contact contact) {
        return turn.tables().supervisions().all().stream()
                .filter(row -> row.contact().equals(contact.id()))
                .count();
    }

    private static void ring(TurnDraft turn, Contact contact, Input.Supervise supervise) {
        Duration answerWithin = turn.tables().queueOf(contact).deviceTimeout();
        var leg = new LegId(contact.id() + "-s" + (turn.tables().supervisions().requested() + 1));
        turn.emit(new Event.SupervisionRequested(
                turn.now(),
                supervise.supervisor(),
                contact.id(),
                contact.agent().id(),
                supervise.mode(),
                leg));
        turn.effect(new Effect.RingSupervisor(supervise.supervisor(), contact.id(), leg, answerWithin));
        turn.startTimer(TimerKey.Kind.SUPERVISOR_DEVICE, leg, answerWithin.plus(Devices.REPORT_MARGIN));
    }

    private static void change(TurnDraft turn, SupervisionView row, Input.Supervise wanted) {
        if (!row.contact().equals(wanted.contact())) {
            turn.refuse(
                    "already-supervising",
                    "supervisor " + row.supervisor() + " listens in on contact " + row.contact() + "; end that first");
        } else if (row.mode() != wanted.mode()) {
            turn.emit(new Event.SupervisionChanged(
                    turn.now(), row.supervisor(), row.contact(), row.agent(), wanted.mode()));
            if (row.listening()) listen(turn, row, wanted.mode());
        }
    }

    private static void listen(TurnDraft turn, SupervisionView row, SupervisionMode mode) {
        LegId agentLeg =
                turn.tables().contact(row.contact()).flatMap(Contact::leg).orElseThrow();
        turn.effect(new Effect.Supervise(row.supervisor(), row.contact(), row.agent(), agentLeg, row.leg(), mode));
    }

    static void end(TurnDraft turn, Input.EndSupervision end) {
        turn.tables()
                .supervisions()
                .of(end.supervisor())
                .ifPresentOrElse(
                        row -> over(turn, row, SupervisionOutcome.ENDED),
                        () -> turn.refuse(
                                "not-supervising", "supervisor " + end.supervisor() + " listens in on no contact"));
    }

    // ---- the supervisor's device; each is true when the leg is one

    static boolean answered(TurnDraft turn, LegId leg) {
        Optional<SupervisionView> row = turn.tables().supervisions().of(leg);
        row.filter(ringing -> !ringing.listening()).ifPresent(ringing -> {
            turn.cancelTimer(TimerKey.Kind.SUPERVISOR_DEVICE, leg);
            turn.emit(new Event.SupervisionStarted(
                    turn.now(), ringing.supervisor(), ringing.contact(), ringing.agent(), ringing.mode(), leg));
            listen(turn, ringing, ringing.mode());
        });
        return row.isPresent();
    }

    /// A leg that is up ends by [Input.DeviceLeft]; a late report of a failure does not count.
    static boolean failed(TurnDraft turn, LegId leg) {
        Optional<SupervisionView> row = turn.tables().supervisions().of(leg);
        row.filter(ringing -> !ringing.listening())
                .ifPresent(ringing -> over(turn, ringing, SupervisionOutcome.DEVICE_LEFT));
        return row.isPresent();
    }

    static boolean left(TurnDraft turn, LegId leg) {
        Optional<SupervisionView> row = turn.tables().supervisions().of(leg);
        row.ifPresent(gone -> over(turn, gone, SupervisionOutcome.DEVICE_LEFT));
        return row.isPresent();
    }

    // ---- the end of it

    /// At the end of every turn: whatever it did to contacts, nobody listens in on one that its agent has no
    /// more.
    static void endThoseLeft(TurnDraft turn) {
        for (SupervisionView row : turn.tables().supervisions().all()) {
            boolean still = turn.tables()
                    .contact(row.contact())
                    .filter(contact -> isInHand(contact) && contact.agent().id().equals(row.agent()))
                    .isPresent();
            if (!still) over(turn, row, SupervisionOutcome.CONTACT_LEFT);
        }
    }

    private static void over(TurnDraft turn, SupervisionView row, SupervisionOutcome outcome) {
        turn.cancelTimer(TimerKey.Kind.SUPERVISOR_DEVICE, row.leg());
        turn.emit(new Event.SupervisionEnded(
                turn.now(), row.supervisor(), row.contact(), row.agent(), row.leg(), outcome));
        turn.effect(new Effect.EndSupervision(row.supervisor(), row.contact(), row.leg()));
    }
}
