package org.helpline.telephony.asterisk;

import java.time.Duration;
import java.util.List;

/// For how long a caller is left alone when we do not come back: then Asterisk takes the call to the dialplan, which
/// says something kind. As long as we are there we put that off. Whoever talks is left to talk.
final class Absence {
    /// How often it is put off.
    private static final Duration RENEW = Duration.ofMinutes(1);

    /// Not for all callers at once.
    private static final int PARTS = 6;

    static final Duration RENEW_A_PART = RENEW.dividedBy(PARTS);

    /// In a menu, when the prompt is over, there is nothing to hear.
    private static final Duration IN_SILENCE = Duration.ofMinutes(3);

    /// Long enough for people to start Helpline again: whoever waits keeps the place till then.
    private static final Duration WITH_MUSIC = Duration.ofMinutes(15);

    /// As in the dialplan: no call is longer.
    private static final Duration TALKING = Duration.ofHours(6);

    private static final String TIMEOUT = "TIMEOUT(absolute)";

    private Absence() {}

    static AriRequest whileAlone(Leg leg) {
        return within(leg, leg.music ? WITH_MUSIC : IN_SILENCE);
    }

    static AriRequest whileTalking(Leg leg) {
        return within(leg, TALKING);
    }

    /// @param turn counts up; each caller's comes once in [#RENEW]
    static List<Leg> due(List<Leg> legs, int turn) {
        return legs.stream()
                .filter(leg -> Math.floorMod(leg.id.hashCode(), PARTS) == Math.floorMod(turn, PARTS))
                .filter(Leg::alone)
                .toList();
    }

    private static AriRequest within(Leg leg, Duration time) {
        return AriRequest.post(
                Commands.channel(leg.id) + "/variable", "variable", TIMEOUT, "value", Long.toString(time.toSeconds()));
    }
}
