package org.helpline.app.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.helpline.router.AgentId;
import org.helpline.router.Input;

/// Which agents can be called, from what is known of their phones: a desk phone that the switch probes, and a
/// browser that registers. One of them suffices. What is not known blocks nobody: an agent is unreachable only
/// when each phone it has is known to be.
///
/// Knows no clock and no carrier; what it says are inputs of the router.
final class AgentPhones {
    private SortedMap<AgentId, String> desks = new TreeMap<>();
    private final Map<String, State> states = new HashMap<>();
    private final SortedMap<AgentId, Browser> browsers = new TreeMap<>();
    private final SortedMap<AgentId, String> unreachable = new TreeMap<>();

    /// @param why it cannot be reached; empty when it can
    private record State(Optional<String> why) {}

    /// @param present may be called; one that is gone for good stays as such, since its agent had one
    private record Browser(String address, boolean present) {}

    /// How many phones the switch watches, by what it knows of them.
    record Counts(int reachable, int unreachable, int unknown) {}

    /// @param endpoints of the agents that have a desk phone; those that changed are unknown
    void configure(SortedMap<AgentId, String> endpoints) {
        desks = new TreeMap<>(endpoints);
        states.keySet().retainAll(desks.values());
    }

    List<String> endpoints() {
        return List.copyOf(desks.values());
    }

    /// The watch is lost, or begins anew.
    void forget() {
        states.clear();
    }

    void reachable(String endpoint) {
        if (desks.containsValue(endpoint)) states.put(endpoint, new State(Optional.empty()));
    }

    void unreachable(String endpoint, String why) {
        if (desks.containsValue(endpoint)) states.put(endpoint, new State(Optional.of(why)));
    }

    void browserRegistered(AgentId agent, String address) {
        browsers.put(agent, new Browser(address, true));
    }

    /// A browser of before our start has lost its connection with that: it counts as there until it is lost in earnest.
    void browserWas(AgentId agent, String address) {
        browsers.putIfAbsent(agent, new Browser(address, true));
    }

    /// The page at this address did not come back in time. Another one may have taken its place.
    void browserLost(AgentId agent, String address) {
        browsers.computeIfPresent(
                agent, (_, browser) -> browser.address().equals(address) ? new Browser(address, false) : browser);
    }

    /// What the router does not know yet.
    List<Input> news() {
        List<Input> news = new ArrayList<>();
        SortedSet<AgentId> agents = new TreeSet<>(desks.keySet());
        agents.addAll(browsers.keySet());
        agents.addAll(unreachable.keySet());
        for (AgentId agent : agents) {
            Optional<String> why = why(agent);
            if (why.equals(Optional.ofNullable(unreachable.get(agent)))) continue;
            why.ifPresentOrElse(text -> unreachable.put(agent, text), () -> unreachable.remove(agent));
            news.add(why.<Input>map(text -> new Input.DeviceUnreachable(agent, text))
                    .orElseGet(() -> new Input.DeviceReachable(agent)));
        }
        return news;
    }

    /// What the router may have missed: it takes no such word while the carrier is away, or of agents it did
    /// not know.
    List<Input> again() {
        List<Input> all = new ArrayList<>();
        unreachable.forEach((agent, why) -> all.add(new Input.DeviceUnreachable(agent, why)));
        return all;
    }

    private Optional<String> why(AgentId agent) {
        Optional<Browser> browser = Optional.ofNullable(browsers.get(agent));
        if (browser.filter(Browser::present).isPresent()) return Optional.empty();
        String desk = desks.get(agent);
        if (desk == null) {
            return browser.map(_ -> "the browser is not registered as a phone any more, and there is no desk phone");
        }
        return Optional.ofNullable(states.get(desk))
                .flatMap(State::why)
                .map(why -> "the desk phone " + why + ", and no browser is registered as a phone");
    }

    Counts counts() {
        int bad = 0;
        for (State state : states.values()) if (state.why().isPresent()) bad++;
        return new Counts(states.size() - bad, bad, desks.size() - states.size());
    }
}
