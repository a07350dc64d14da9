package org.helpline.router;

import java.time.Instant;
import org.helpline.router.Event.TimerStarted;

/// The routing of one domain: a deterministic state machine.
///
/// `step` decides, and applies each event as it emits it; only [RoutingState#apply] changes state, so that
/// replaying the events gives the same state. No clock, no ids of its own, no I/O, no threads: not
/// thread-safe, one owner.
///
/// The decisions are in one class for each topic: [Settings], [Presence] (sockets, sign-in, sign-out), [Restarts],
/// [Readiness] (states and wishes), [Callers], [PlacesBack], [Offers], [Devices], [Reachability], [Holds], [Transfers],
/// [Consults], [WrapUps], [Desk] (what supervisors change) and, at the end of every turn, [Supervisions] and
/// [Selection].
public final class RoutingCore {
    private final RoutingState state;

    public RoutingCore(RoutingState state) {
        this.state = state;
    }

    /// Decides on one input.
    ///
    /// @param now never earlier than in the step before
    public Turn step(Input input, Instant now) {
        var turn = new TurnDraft(state, now);
        switch (input) {
            case Input.Configure in -> Settings.configure(turn, in);
            case Input.Restarted _ -> Restarts.restarted(turn);
            case Input.EnterQueue in -> Callers.enterQueue(turn, in);
            case Input.CallerLeft in -> Callers.left(turn, in);
            case Input.CallerLost in -> Callers.lost(turn, in);
            case Input.DeviceAnswered in -> Devices.answered(turn, in);
            case Input.DeviceFailed in -> Devices.failed(turn, in);
            case Input.DeviceLeft in -> Devices.left(turn, in);
            case Input.ConnectFailed in -> Devices.connectFailed(turn, in);
            case Input.CarrierLost _ -> Offers.suspend(turn);
            case Input.CarrierRestored _ -> Offers.resume(turn);
            case Input.AgentConnected in -> Presence.connected(turn, in);
            case Input.AgentDisconnected in -> Presence.disconnected(turn, in);
            case Input.SignOut in -> Presence.signOut(turn, in);
            case Input.SetAgentState in -> Readiness.set(turn, in);
            case Input.AcceptOffer in -> Offers.accept(turn, in);
            case Input.RejectOffer in -> Offers.reject(turn, in);
            case Input.Hold in -> Holds.hold(turn, in);
            case Input.Retrieve in -> Holds.retrieve(turn, in);
            case Input.Transfer in -> Transfers.transfer(turn, in);
            case Input.CompleteTransfer in -> Consults.complete(turn, in);
            case Input.CancelTransfer in -> Consults.cancel(turn, in);
            case Input.VerifyCaller in -> Callers.verify(turn, in);
            case Input.HangUp in -> Callers.hangUp(turn, in);
            case Input.CompleteWrapUp in -> WrapUps.complete(turn, in);
            case Input.DeviceReachable in -> Reachability.reachable(turn, in);
            case Input.DeviceUnreachable in -> Reachability.unreachable(turn, in);
            case Input.Supervise in -> Supervisions.supervise(turn, in);
            case Input.EndSupervision in -> Supervisions.end(turn, in);
            case Input.SetAgentSkills in -> Desk.setSkills(turn, in);
            case Input.OpenQueue in -> Desk.openQueue(turn, in);
            case Input.CloseQueue in -> Desk.closeQueue(turn, in);
            case Input.TimerFired in -> fired(turn, in);
        }
        Supervisions.endThoseLeft(turn);
        Selection.pairUp(turn);
        return turn.finish();
    }

    /// Only the newest generation of a timer counts: one that was replaced or cancelled may still be on its
    /// way here.
    private static void fired(TurnDraft turn, Input.TimerFired fired) {
        TimerKey key = fired.key();
        boolean newest = turn.tables()
                .timers()
                .running(key)
                .map(TimerStarted::generation)
                .filter(generation -> generation == fired.generation())
                .isPresent();
        if (!newest) return;
        turn.emit(new Event.TimerCancelled(turn.now(), key));
        switch (key.kind()) {
            case OFFER -> Offers.timedOut(turn, new OfferId(key.subject()));
            case DEVICE -> Devices.silent(turn, new LegId(key.subject()));
            case WRAP_UP -> WrapUps.limitReached(turn, new AgentId(key.subject()));
            case AGENT_AWAY -> Presence.stillAway(turn, new AgentId(key.subject()));
            case DEVICE_LOST -> Devices.agentDidNotReturn(turn, new ContactId(key.subject()));
            case PLACE -> PlacesBack.timeOver(turn);
            case SUPERVISOR_DEVICE -> Supervisions.failed(turn, new LegId(key.subject()));
        }
    }

    public RoutingState state() {
        return state;
    }
}
