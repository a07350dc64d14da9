package org.helpline.ivr;

import java.util.Optional;
import org.helpline.ivr.CallFlow.SpokenLanguage;

/// What can happen to one call in its flow. Facts that come late or twice change nothing.
public sealed interface FlowInput {
    /// The call is there and not answered yet.
    ///
    /// @param hint the language that its caller chose last time; it is offered, and spoken only once it is
    /// chosen again
    /// @param limit that the call is beyond: it is one too many, and hears that
    record CallArrived(Optional<SpokenLanguage> hint, Optional<String> limit) implements FlowInput {
        /// Nothing is known of its caller.
        public CallArrived() {
            this(Optional.empty(), Optional.empty());
        }
    }

    /// Helpline's process is new, and the state is that of the one before: keys and ends of plays may have been missed.
    /// Whoever is asked something hears it again, without an attempt counted; whoever waits hears music.
    record Restarted() implements FlowInput {}

    /// @param key one of `0-9*#A-D`
    record KeyPressed(char key) implements FlowInput {}

    /// Every prompt of the play was heard, or the carrier could not play it.
    record PlayFinished(long play) implements FlowInput {}

    record TimerFired(FlowTimer timer, long generation) implements FlowInput {}

    /// The router took the contact.
    record QueueEntered() implements FlowInput {}

    record QueueRefused(String reason) implements FlowInput {}

    /// Answer to [FlowEffect.AskPosition]; 0 when the contact is being offered or connected at this moment.
    record PositionTold(int position) implements FlowInput {}

    /// An agent is being joined to the caller: whatever plays stops, in whatever phase the answered call is.
    record AgentConnected() implements FlowInput {}

    /// The agent has put the caller on hold. [AgentConnected] ends that.
    record CallerHeld() implements FlowInput {}

    /// The agent vanished and may come back.
    record AgentLost() implements FlowInput {}

    /// The caller waits again, at the old place.
    record ReturnedToQueue() implements FlowInput {}

    /// The agent has passed the caller on, who waits for somebody else now.
    record Transferred() implements FlowInput {}

    /// The agent has passed the caller on to a number outside: the carrier takes them there, and the leg ends for us.
    record Referred() implements FlowInput {}

    /// The contact is over for the router: say no more, hang up. Changes nothing while the router has no contact: a
    /// caller it refused hears the apology to its end.
    record ContactOver() implements FlowInput {}

    /// The caller hung up, or the leg is gone and nobody knows why.
    record CallerLeft() implements FlowInput {}

    /// The carrier died, and the leg with it.
    record CallerLost() implements FlowInput {}
}
