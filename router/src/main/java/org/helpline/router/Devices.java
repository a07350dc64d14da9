package org.helpline.router;

import java.time.Duration;
import java.util.Optional;
import org.helpline.router.Event.ConsultOutcome;
import org.helpline.router.Event.OfferOutcome;
import org.helpline.router.Event.RequeueReason;
import org.helpline.router.Input.DeviceFailure;
import org.helpline.router.RoutingState.ContactState;

/// Agents' devices. A leg is one attempt to reach one; a leg that is over never counts again.
final class Devices {
    /// The edge reports when a device does not answer; if even that report is lost, a timer of ours ends the
    /// attempt.
    static final Duration REPORT_MARGIN = Duration.ofSeconds(2);
    /// How often a lost device is rung again for one contact with one agent before the contact goes
    /// elsewhere.
    private static final int MOST_RECOVERIES = 3;

    private Devices() {}

    // ---- ringing

    /// Rings the agent's device for a contact that was accepted, or whose device was lost.
    static void call(TurnDraft turn, Contact contact) {
        Duration answerWithin = turn.tables().queueOf(contact).deviceTimeout();
        turn.emit(new Event.ContactConnecting(
                turn.now(), contact.id(), contact.agent().id(), contact.nextLeg()));
        ring(turn, contact, answerWithin);
        turn.startTimer(TimerKey.Kind.DEVICE, contact.leg().orElseThrow(), answerWithin.plus(REPORT_MARGIN));
    }

    static void ring(TurnDraft turn, Contact contact, Duration answerWithin) {
        turn.effect(new Effect.RingDevice(
                contact.id(),
                contact.agent().id(),
                contact.leg().orElseThrow(),
                contact.requirements().modality(),
                answerWithin));
    }

    /// Ends the leg, if there is one.
    static void release(TurnDraft turn, Contact contact) {
        contact.leg().ifPresent(leg -> {
            turn.cancelTimer(TimerKey.Kind.DEVICE, leg);
            turn.effect(new Effect.ReleaseDevice(leg));
        });
    }

    // ---- what the edge reports

    static void answered(TurnDraft turn, Input.DeviceAnswered answered) {
        Optional<Contact> found = turn.tables().contactOf(answered.leg());
        if (found.isEmpty()) {
            if (Supervisions.answered(turn, answered.leg())) return;
            // It answered after we had given up on it: nobody else would end it.
            turn.effect(new Effect.ReleaseDevice(answered.leg()));
            return;
        }
        Contact contact = found.get();
        switch (contact.state()) {
            case OFFERED -> {
                Offers.end(turn, contact, OfferOutcome.ACCEPTED);
                turn.emit(new Event.ContactConnecting(
                        turn.now(), contact.id(), contact.agent().id(), answered.leg()));
                connect(turn, contact, answered.leg());
            }
            case CONNECTING, AGENT_LOST -> connect(turn, contact, answered.leg());
            case WAITING, TALKING, HELD, WRAP_UP -> {}
        }
    }

    private static void connect(TurnDraft turn, Contact contact, LegId leg) {
        Agent agent = contact.agent();
        turn.cancelTimer(TimerKey.Kind.DEVICE, leg);
        turn.cancelTimer(TimerKey.Kind.DEVICE_LOST, contact.id());
        turn.emit(new Event.ContactConnected(turn.now(), contact.id(), agent.id(), leg));
        turn.effect(new Effect.Connect(contact.id(), agent.id(), leg));
        if (agent.state() != AgentState.ON_CONTACT) {
            turn.cancelTimer(TimerKey.Kind.AGENT_AWAY, agent.id());
            turn.emit(new Event.AgentStateChanged(turn.now(), agent.id(), AgentState.ON_CONTACT, Optional.empty()));
        }
    }

    static void failed(TurnDraft turn, Input.DeviceFailed failed) {
        if (Supervisions.failed(turn, failed.leg())) return;
        turn.tables()
                .contactOf(failed.leg())
                .ifPresent(contact -> attemptFailed(turn, contact, failed.leg(), failed.reason()));
    }

    /// The backstop timer: the edge reported neither answer nor failure.
    static void silent(TurnDraft turn, LegId leg) {
        turn.tables().contactOf(leg).ifPresent(contact -> {
            turn.effect(new Effect.ReleaseDevice(leg));
            attemptFailed(turn, contact, leg, DeviceFailure.NO_ANSWER);
        });
    }

    private static void attemptFailed(TurnDraft turn, Contact contact, LegId leg, DeviceFailure reason) {
        switch (contact.state()) {
            case OFFERED -> offerOnDeviceFailed(turn, contact, leg, reason);
            case CONNECTING -> {
                legFailed(turn, contact, leg, reason);
                requeue(turn, contact, RequeueReason.DEVICE_FAILED, Readiness.DEVICE_FAILED);
            }
            case AGENT_LOST -> {
                legFailed(turn, contact, leg, reason);
                // Without its socket the agent still has its while to come back: DEVICE_LOST runs.
                if (contact.agent().connected()) {
                    requeue(turn, contact, RequeueReason.DEVICE_FAILED, Readiness.DEVICE_FAILED);
                }
            }
            // A leg that is up ends by DeviceLeft; this report is a late one.
            case WAITING, TALKING, HELD, WRAP_UP -> {}
        }
    }

    private static void legFailed(TurnDraft turn, Contact contact, LegId leg, DeviceFailure reason) {
        turn.cancelTimer(TimerKey.Kind.DEVICE, leg);
        turn.emit(new Event.DeviceAttemptFailed(
                turn.now(), contact.id(), contact.agent().id(), leg, reason));
    }

    /// Where the device is the desktop, not answering it is ring-no-answer and refusing it a reject; anything
    /// else is the device's failure and not the agent's.
    private static void offerOnDeviceFailed(TurnDraft turn, Contact contact, LegId leg, DeviceFailure reason) {
        switch (reason) {
            case NO_ANSWER -> Offers.noAnswer(turn, contact);
            case REJECTED -> Offers.rejected(turn, contact.agent(), Readiness.OFFER_REJECTED);
            case BUSY, UNREACHABLE, ERROR -> {
                legFailed(turn, contact, leg, reason);
                Agent agent = contact.agent();
                Offers.end(turn, contact, OfferOutcome.RESCINDED);
                if (Consults.withOneAlone(contact)) Consults.over(turn, contact, ConsultOutcome.DEVICE_FAILED);
                release(turn, agent, Readiness.DEVICE_FAILED);
            }
        }
    }

    static void left(TurnDraft turn, Input.DeviceLeft left) {
        if (Supervisions.left(turn, left.leg())) return;
        Optional<Contact> found = turn.tables().contactOf(left.leg());
        if (found.isEmpty()) return;
        Contact contact = found.get();
        switch (contact.state()) {
            case TALKING, HELD -> {
                if (left.byHangUp()) {
                    Callers.endedByAgent(turn, contact);
                } else {
                    lost(turn, contact, left.leg());
                }
            }
            // It answered and left before we heard of the answer.
            case OFFERED, CONNECTING, AGENT_LOST ->
                attemptFailed(
                        turn, contact, left.leg(), left.byHangUp() ? DeviceFailure.REJECTED : DeviceFailure.ERROR);
            case WAITING, WRAP_UP -> {}
        }
    }

    static void connectFailed(TurnDraft turn, Input.ConnectFailed failed) {
        turn.tables().contactOf(failed.leg()).ifPresent(contact -> {
            if (contact.state() != ContactState.TALKING) return;
            if (!contact.id().equals(failed.contact())) return;
            release(turn, contact);
            requeue(turn, contact, RequeueReason.CONNECT_FAILED, Readiness.DEVICE_FAILED);
        });
    }

    // ---- a device lost while talking

    /// An agent who is there gets the device rung again; one whose socket is gone too has a while to come
    /// back.
    private static void lost(TurnDraft turn, Contact contact, LegId leg) {
        if (contact.consultOf().isPresent()) {
            Agent agent = contact.agent();
            Consults.over(turn, contact, ConsultOutcome.DEVICE_FAILED);
            release(turn, agent, Readiness.DEVICE_FAILED);
            return;
        }
        if (contact.consult().isPresent()
                && !Consults.agentLost(turn, contact.consult().get())) return;
        turn.emit(new Event.AgentLost(turn.now(), contact.id(), contact.agent().id(), leg));
        turn.effect(new Effect.ComfortCaller(contact.id()));
        if (contact.agent().connected()) {
            callAgain(turn, contact);
        } else {
            awaitAgent(turn, contact);
        }
    }

    private static void awaitAgent(TurnDraft turn, Contact contact) {
        turn.startTimer(
                TimerKey.Kind.DEVICE_LOST, contact.id(), turn.tables().graces().talking());
    }

    private static void callAgain(TurnDraft turn, Contact contact) {
        if (contact.rings() > MOST_RECOVERIES) {
            requeue(turn, contact, RequeueReason.DEVICE_FAILED, Readiness.DEVICE_FAILED);
        } else {
            call(turn, contact);
        }
    }

    /// The socket of an agent with a contact dropped. While the device is up the call goes on; while it rings
    /// for the second time it may ring on, but the agent's absence is bounded.
    static void agentWentAway(TurnDraft turn, Contact contact) {
        if (contact.state() == ContactState.AGENT_LOST) awaitAgent(turn, contact);
    }

    /// The socket of an agent with a contact is back. If the contact is without a device, the device rings
    /// again.
    static void agentReturned(TurnDraft turn, Contact contact) {
        if (contact.state() != ContactState.AGENT_LOST) return;
        turn.cancelTimer(TimerKey.Kind.DEVICE_LOST, contact.id());
        if (contact.leg().isEmpty()) callAgain(turn, contact);
    }

    static void agentDidNotReturn(TurnDraft turn, ContactId id) {
        turn.tables().contact(id).ifPresent(contact -> {
            release(turn, contact);
            requeue(turn, contact, RequeueReason.AGENT_LOST, Readiness.DISCONNECTED);
        });
    }

    /// A device that cannot be reached while the carrier is away is no fault of its agent.
    private static void release(TurnDraft turn, Agent agent, String reason) {
        if (turn.tables().offersSuspended()) {
            Readiness.free(turn, agent);
        } else {
            Readiness.takeOut(turn, agent, reason);
        }
    }

    /// The contact goes back to its place with its original age, unless it is a consult with this agent alone,
    /// which is over; the agent takes no further offers (except [#release]).
    static void requeue(TurnDraft turn, Contact contact, RequeueReason reason, String agentReason) {
        Agent agent = contact.agent();
        if (Consults.withOneAlone(contact)) {
            Consults.over(
                    turn,
                    contact,
                    reason == RequeueReason.AGENT_LOST ? ConsultOutcome.UNANSWERED : ConsultOutcome.DEVICE_FAILED);
        } else {
            turn.emit(new Event.ContactRequeued(turn.now(), contact.id(), reason));
            turn.effect(new Effect.ReturnToWaiting(contact.id()));
        }
        release(turn, agent, agentReason);
    }
}
