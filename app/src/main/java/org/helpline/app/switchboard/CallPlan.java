package org.helpline.app.switchboard;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.ivr.CallFlow;
import org.helpline.router.AgentId;
import org.helpline.router.SupervisorId;

/// Where calls go: which helpline answers which number, with which flow, and where agents' devices are.
///
/// @param flows by helpline id
/// @param numbers helpline id by dialled number
/// @param defaultHelpline answers every other number
/// @param devices carrier address of each agent's device, already checked against the allow-list
public record CallPlan(
        SortedMap<String, CallFlow> flows,
        SortedMap<String, String> numbers,
        String defaultHelpline,
        SortedMap<AgentId, String> devices) {
    public CallPlan {
        flows = Collections.unmodifiableSortedMap(new TreeMap<>(flows));
        numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        devices = Collections.unmodifiableSortedMap(new TreeMap<>(devices));
        if (!flows.containsKey(defaultHelpline)) {
            throw new IllegalArgumentException(
                    "default helpline must be one of " + flows.keySet() + ", but is " + defaultHelpline);
        }
    }

    String helplineOf(String called) {
        return numbers.getOrDefault(called, defaultHelpline);
    }

    Optional<String> deviceOf(AgentId agent) {
        return Optional.ofNullable(devices.get(agent));
    }

    /// A supervisor who is an agent too has that agent's device; others have their browser alone.
    Optional<String> deviceOf(SupervisorId supervisor) {
        return deviceOf(new AgentId(supervisor.value()));
    }
}
