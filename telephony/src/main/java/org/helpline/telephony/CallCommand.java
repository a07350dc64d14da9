package org.helpline.telephony;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a carrier can be asked to do. Leg, play and bridge ids of outgoing things are chosen by the caller
/// of the port, so that repeating a command does no harm.
public sealed interface CallCommand {

    /// Answer an arrived call; `contact` is kept on the leg and travels to every other leg of it.
    record Answer(String leg, String contact) implements CallCommand {}

    /// Play the prompts one after the other; [CallEvent.PlayFinished] follows, also when it fails or is
    /// stopped.
    record Play(String leg, String play, List<PromptRef> prompts) implements CallCommand {
        public Play {
            prompts = List.copyOf(prompts);
        }
    }

    record StopPlay(String leg, String play) implements CallCommand {}

    /// Music until it is stopped or the leg is bridged. A prompt interrupts it, and it comes back behind that.
    record StartMusic(String leg) implements CallCommand {}

    record StopMusic(String leg) implements CallCommand {}

    /// Call a device. [CallEvent.LegRinging], [CallEvent.LegAnswered], [CallEvent.LegEnded] follow.
    /// An originate that fails leaves no leg behind, unless it failed for want of an answer.
    ///
    /// @param leg id of the new leg
    /// @param contact sent to the device in the header `X-Helpline-Contact`
    /// @param destination address in the carrier's notation, already checked against the allow-list
    /// @param callerNumber shown to the device
    /// @param originator leg whose media formats the new one should match
    /// @param autoAnswer ask the device to answer by itself
    /// @param answerWithin after this time the leg ends with [CallEvent.EndCause#NO_ANSWER], or, when it
    /// never rang, with
    ///     [CallEvent.EndCause#UNREACHABLE]
    record Originate(
            String leg,
            String contact,
            String destination,
            Optional<String> callerNumber,
            Optional<String> originator,
            boolean autoAnswer,
            Duration answerWithin)
            implements CallCommand {}

    /// Join legs, stopping music and prompts on them first. Joining legs that are joined already does
    /// nothing.
    record Bridge(String bridge, List<String> legs) implements CallCommand {
        public Bridge {
            legs = List.copyOf(legs);
        }
    }

    /// Take the bridge away; its legs stay up.
    record Unbridge(String bridge) implements CallCommand {}

    /// End the leg; a leg that is gone already is a success.
    record HangUp(String leg) implements CallCommand {}

    /// Give a caller's leg back to the carrier's own fall-back, which tries to bring it in again or says
    /// something kind. For us the leg ends ([CallEvent.LegEnded]); it may come back as a new
    /// [CallEvent.CallArrived] with the same id. A leg that we originated is hung up.
    record HandBack(String leg) implements CallCommand {}

    /// Let a listener in on what a leg says and hears, without a word to anyone else; needs
    /// [CallControl.Capability#SNOOP]. The listener leaves the bridge it was in. Ends with [EndSnoop], or with
    /// either leg.
    ///
    /// @param snoop id of the listening; a bridge of that id holds the listener's leg. A new one each time
    /// @param leg who is listened to
    /// @param listener the leg that hears, which is up
    /// @param whisper the leg hears the listener, and nobody else does; otherwise nobody at all does
    record Snoop(String snoop, String leg, String listener, boolean whisper) implements CallCommand {}

    /// The listener's leg stays up; one that is over already is a success.
    record EndSnoop(String snoop) implements CallCommand {}

    /// Give a caller's leg to the carrier, which calls the number, joins the two, and says something kind when
    /// that fails. For us the leg ends ([CallEvent.LegEnded]) and does not come back.
    ///
    /// @param number digits, perhaps after a `+`; already checked against the allow-list
    /// @param language of what is said when it fails, as a tag
    record Refer(String leg, String number, String language) implements CallCommand {}

    /// A prompt by language tag and key, found in the prompt library.
    record PromptRef(String language, String key) {}
}
