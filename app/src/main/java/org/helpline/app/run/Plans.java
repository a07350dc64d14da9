package org.helpline.app.run;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.helpline.app.switchboard.CallPlan;
import org.helpline.config.Configuration;
import org.helpline.config.HelplineEntry;
import org.helpline.ivr.CallFlow;
import org.helpline.router.AgentId;

/// The call plan of a configuration.
final class Plans {
    private Plans() {}

    /// @param address turns a configured device into the carrier's notation
    static CallPlan of(Configuration configuration, UnaryOperator<String> address) {
        SortedMap<String, CallFlow> flows = new TreeMap<>();
        SortedMap<String, String> numbers = new TreeMap<>();
        for (HelplineEntry helpline : configuration.helplines().values()) {
            flows.put(helpline.id(), helpline.flow());
            helpline.numbers().forEach(number -> numbers.put(number, helpline.id()));
        }
        SortedMap<AgentId, String> devices = new TreeMap<>();
        configuration.devices().forEach((agent, device) -> devices.put(agent, address.apply(device)));
        return new CallPlan(flows, numbers, configuration.defaultHelpline(), devices);
    }
}
