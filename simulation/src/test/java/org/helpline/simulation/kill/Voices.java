package org.helpline.simulation.kill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.helpline.simulation.history.Observation.Sound;
import org.helpline.telephony.sip.RtpPeer;

/// Who is who by ear: each agent, every caller and the music has a tone of its own; whatever else is loud is a prompt.
final class Voices {
    static final double MUSIC_HZ = 500;
    static final double CALLER_HZ = 700;
    static final Impression NOTHING = new Impression(Sound.SILENCE, "");
    private static final double FIRST_AGENT_HZ = 1000;
    private static final double NEXT_AGENT_HZ = 300;
    /// Of a voice among others.
    private static final double ONE_OF_A_FEW = 0.08;
    /// Tones are nearly all that is heard of those who speak in tones; of speech, no tone is.
    private static final double MOST = 0.5;

    private Voices() {}

    /// @param what names of those who speak
    record Impression(Sound sound, String what) {}

    static double ofAgent(int agent) {
        return FIRST_AGENT_HZ + NEXT_AGENT_HZ * (agent - 1);
    }

    /// What the latest 400 ms were.
    ///
    /// @param speakers the newest calls of agents, by the agent's number
    static Impression heard(RtpPeer ear, SortedMap<Integer, String> speakers) {
        if (!ear.isLoud()) return NOTHING;
        if (ear.share(MUSIC_HZ) > MOST) return new Impression(Sound.MUSIC, "");
        List<String> voices = new ArrayList<>();
        double all = 0;
        for (Map.Entry<Integer, String> speaker : speakers.entrySet()) {
            double share = ear.share(ofAgent(speaker.getKey()));
            if (share < ONE_OF_A_FEW) continue;
            voices.add(speaker.getValue());
            all += share;
        }
        return all > MOST ? new Impression(Sound.VOICE, String.join(" ", voices)) : new Impression(Sound.PROMPT, "");
    }
}
