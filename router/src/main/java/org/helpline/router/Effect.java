package org.helpline.router;

import java.time.Duration;
import java.time.Instant;

/// What the edge must do. Effects are idempotent by the ids they carry and are released only after the events
/// of their turn are in the journal. What agents and supervisors are told is not an effect: it is a
/// projection of the events.
///
/// For a consult, the caller's side is the leg of the agent who consults; [ComfortCaller] and [ReleaseCaller]
/// are never for one.
public sealed interface Effect {

    /// Call the agent's device and report [Input.DeviceAnswered] or [Input.DeviceFailed] for this leg.
    record RingDevice(ContactId contact, AgentId agent, LegId leg, Modality modality, Duration answerWithin)
            implements Effect {}

    /// End a device leg, ringing or up. Nothing is expected back.
    record ReleaseDevice(LegId leg) implements Effect {}

    /// Join caller and device: stop whatever the caller hears, then bridge. Also after a hold, and with the leg
    /// of a consult when that is completed.
    record Connect(ContactId contact, AgentId agent, LegId leg) implements Effect {}

    /// The contact waits again at its place: the flow takes the caller back to music and announcements.
    record ReturnToWaiting(ContactId contact) implements Effect {}

    /// The agent's device is gone and may come back: the caller hears comfort in their language.
    record ComfortCaller(ContactId contact) implements Effect {}

    /// The contact is over for the router: end the caller's leg.
    record ReleaseCaller(ContactId contact) implements Effect {}

    /// The caller hears music; the agent's leg stays up.
    record HoldCaller(ContactId contact) implements Effect {}

    /// The contact is over for the router: take the caller to a number outside, by the allow-list of
    /// transfers. If that fails, end the caller's leg.
    record ReferCaller(ContactId contact, String number) implements Effect {}

    /// A consult is over: nobody is joined under its id any more. The leg of the agent who consulted stays
    /// up; other legs are released by effects of their own.
    record EndConsult(ContactId consult, ContactId of) implements Effect {}

    /// Call the supervisor's device and report [Input.DeviceAnswered] or [Input.DeviceFailed] for this leg,
    /// then [Input.DeviceLeft] when it is gone.
    record RingSupervisor(SupervisorId supervisor, ContactId contact, LegId leg, Duration answerWithin)
            implements Effect {}

    /// Let the supervisor on `leg` listen in on the agent's leg; again with another mode, change that.
    record Supervise(
            SupervisorId supervisor, ContactId contact, AgentId agent, LegId agentLeg, LegId leg, SupervisionMode mode)
            implements Effect {}

    /// End the listening and the supervisor's leg, ringing or up. Nothing is expected back.
    record EndSupervision(SupervisorId supervisor, ContactId contact, LegId leg) implements Effect {}

    record StartTimer(TimerKey key, long generation, Instant at) implements Effect {}

    record CancelTimer(TimerKey key) implements Effect {}
}
