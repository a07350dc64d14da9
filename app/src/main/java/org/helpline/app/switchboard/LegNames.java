package org.helpline.app.switchboard;

import java.util.Optional;
import org.helpline.router.ContactId;
import org.helpline.router.LegId;

/// How bridges and plays are named after their contact, so that a repeated command names the same thing.
final class LegNames {
    private static final String BRIDGE = "bridge-";

    private LegNames() {}

    static String bridge(ContactId contact) {
        return BRIDGE + contact;
    }

    static Optional<ContactId> contactOfBridge(String bridge) {
        return bridge.startsWith(BRIDGE) && bridge.length() > BRIDGE.length()
                ? Optional.of(new ContactId(bridge.substring(BRIDGE.length())))
                : Optional.empty();
    }

    /// Each listening has a name of its own, also when one supervisor listens again or in another way.
    static String snoop(LegId supervisor, int number) {
        return supervisor + "-l" + number;
    }

    static String play(ContactId contact, long number) {
        return contact + "-" + number;
    }

    /// -1, which no play has, when the name is not one of ours.
    static long playNumber(String play) {
        int dash = play.lastIndexOf('-');
        try {
            return dash < 0 ? -1 : Long.parseLong(play.substring(dash + 1));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
