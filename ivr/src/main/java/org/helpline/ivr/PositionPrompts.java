package org.helpline.ivr;

import java.util.ArrayList;
import java.util.List;

/// Keys of the prompts that tell the place in line: every language a queue can be reached in needs them all.
public final class PositionPrompts {
    /// Spoken before the number.
    public static final String INTRO = "position-intro";

    /// Spoken instead of the number when it is above [#HIGHEST].
    public static final String MORE = "number-more-than-20";

    public static final int HIGHEST = 20;

    private PositionPrompts() {}

    /// @param position 1 for the next in line
    static List<String> of(int position) {
        return List.of(INTRO, position <= HIGHEST ? "number-" + position : MORE);
    }

    public static List<String> all() {
        List<String> keys = new ArrayList<>(List.of(INTRO));
        for (int number = 1; number <= HIGHEST; number++) keys.add("number-" + number);
        keys.add(MORE);
        return List.copyOf(keys);
    }
}
