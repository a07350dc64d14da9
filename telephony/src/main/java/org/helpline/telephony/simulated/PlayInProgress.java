package org.helpline.telephony.simulated;

import java.util.ArrayDeque;
import java.util.Deque;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.CallCommand.PromptRef;

/// Prompts that a leg still has to hear of one play.
final class PlayInProgress {
    final String id;
    final Deque<PromptRef> prompts;
    Schedule.Cancel timer = () -> {};

    PlayInProgress(CallCommand.Play play) {
        id = play.play();
        prompts = new ArrayDeque<>(play.prompts());
    }
}
