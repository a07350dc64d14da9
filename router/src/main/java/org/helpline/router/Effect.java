package org.helpline.router;

import java.time.Duration;
import java.time.Instant;

/// What the edge must do. Effects are idempotent by the ids they carry and are released only after the events
/// of their turn are in the journal. What agents and supervisors are told is not an effect: it is a
/// projection of the events.
public sealed interface Effect {

    /// Call the agent's device and report [Input.DeviceAnswered] or [Input.DeviceFailed] for this leg.
    record RingDevice(ContactId contact, AgentId agent, LegId leg, Modality modality, Duration answerWithin)
            implements Effect {}

    /// End a device leg, ringing or up. Nothing is expected back.
    record ReleaseDevice(LegId leg) implements Effect {}

    /// Join caller and device: stop whatever the caller hears, then bridge.
    record Connect(ContactId contact, AgentId agent, LegId leg) implements Effect {}

    /// The contact waits again at its place: the flow takes the caller back to music and announcements.
    record ReturnToWaiting(ContactId contact) implements Effect {}

    /// The agent's device is gone and may come back: the caller hears comfort in their language.
    record ComfortCaller(ContactId contact) implements Effect {}

    /// The contact is over for the router: end the caller's leg.
    record ReleaseCaller(ContactId contact) implements Effect {}

    record StartTimer(TimerKey key, long generation, Instant at) implements Effect {}

    record CancelTimer(TimerKey key) implements Effect {}
}
