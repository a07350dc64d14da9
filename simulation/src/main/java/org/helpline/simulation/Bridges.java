package org.helpline.simulation;

import java.util.List;
import java.util.Optional;
import org.helpline.app.switchboard.SwitchState;
import org.helpline.telephony.Census;

/// What the carrier really joins, faults and reports aside: two parties of one contact.
///
/// A leg whose end was ordered, and whose order was lost, is the next audit's to find. A supervisor who barges
/// in is there besides.
final class Bridges {
    private Bridges() {}

    static Optional<String> wrong(Census truth, SwitchState state) {
        for (Census.BridgeEntry bridge : truth.bridges()) {
            List<Census.Leg> parties = truth.legs().stream()
                    .filter(leg -> bridge.legs().contains(leg.leg()))
                    .filter(leg -> state.knows(leg.leg()) && !isSupervisors(leg.leg()))
                    .toList();
            List<Optional<String>> contacts = parties.stream()
                    .map(leg -> leg.contact().map(Bridges::aboutWhom))
                    .distinct()
                    .toList();
            if (parties.size() > 2 || contacts.size() > 1) return Optional.of(bridge + " joins " + contacts);
        }
        return Optional.empty();
    }

    /// A consult and the contact it is about may share a bridge: the other agent goes on with the caller.
    private static String aboutWhom(String contact) {
        return contact.replaceFirst("-c[0-9]+$", "");
    }

    private static boolean isSupervisors(String leg) {
        return leg.matches(".*-s[0-9]+");
    }
}
