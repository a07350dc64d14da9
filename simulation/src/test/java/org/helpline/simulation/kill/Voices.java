package org.helpline.simulation.kill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.helpline.simulation.history.Observation.Sound;
import org.helpline.telephony.sip.RtpPeer;

/// Who is who by ear: each agent, every caller and the music has a tone of its own; whatever else is loud is a prompt.
final class Voices {
    static final double MUSIC_HZ = 500;
    static final double CALLER_HZ = 700;
    private static final double FIRST_AGENT_HZ = 1000;
    private static final double NEXT_AGENT_HZ = 300;
    private static final Duration LOUD_LATELY = Duration.ofMillis(900);

    private Voices() {}

    /// @param what names of those who speak
    record Impression(Sound sound, String what) {}

    static double ofAgent(int agent) {
        return FIRST_AGENT_HZ + NEXT_AGENT_HZ * (agent - 1);
    }

    /// @param speakers the present calls of agents, by the agent's number
    static Impression heard(RtpPeer ear, SortedMap<Integer, String> speakers) {
        List<String> voices = new ArrayList<>();
        speakers.forEach((agent, call) -> {
            if (ear.hearsAmongOthers(ofAgent(agent))) voices.add(call);
        });
        if (ear.hears(MUSIC_HZ)) return new Impression(Sound.MUSIC, "");
        if (!voices.isEmpty() && voices.size() <= 2 && !ear.hearsAmongOthers(MUSIC_HZ)) {
            return new Impression(Sound.VOICE, String.join(" ", voices));
        }
        return ear.hearsAnythingWithin(LOUD_LATELY)
                ? new Impression(Sound.PROMPT, "")
                : new Impression(Sound.SILENCE, "");
    }
}
