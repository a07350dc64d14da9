package org.helpline.ivr;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.helpline.ivr.CallFlow.SpokenLanguage;

/// What the edge must do for one call.
public sealed interface FlowEffect {
    record Answer() implements FlowEffect {}

    /// Play these one after the other; report [FlowInput.PlayFinished] with this number.
    record Play(long play, List<PlayItem> items) implements FlowEffect {
        public Play {
            items = List.copyOf(items);
        }
    }

    record StopPlay(long play) implements FlowEffect {}

    record StartMusic() implements FlowEffect {}

    record StopMusic() implements FlowEffect {}

    /// Hand the contact to the router; it answers [FlowInput.QueueEntered] or [FlowInput.QueueRefused].
    record EnterQueue(String queue, SpokenLanguage language, Optional<String> need, List<FlowState.Step> path)
            implements FlowEffect {
        public EnterQueue {
            path = List.copyOf(path);
        }
    }

    record AskPosition() implements FlowEffect {}

    record HangUp() implements FlowEffect {}

    record StartTimer(FlowTimer timer, long generation, Duration after) implements FlowEffect {}

    record CancelTimer(FlowTimer timer) implements FlowEffect {}

    /// One prompt in one language.
    record PlayItem(SpokenLanguage language, String prompt) {}
}
