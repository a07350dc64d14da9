package org.helpline.telephony.asterisk.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.helpline.telephony.SwitchReport;
import org.helpline.telephony.SwitchReport.PhoneReachable;
import org.helpline.telephony.SwitchReport.PhoneUnreachable;

/// What is known of phones, address by address; an endpoint may have several.
final class Phones {
    private final SortedMap<String, SortedMap<String, Address>> endpoints = new TreeMap<>();
    private final Map<String, Verdict> told = new HashMap<>();

    enum State {
        /// It answers, or it has registered.
        REACHABLE,
        UNREACHABLE,
        /// Not probed yet.
        UNKNOWN,
        /// It has unregistered, or is configured no more.
        GONE
    }

    /// @param roundTrip of the latest probe
    record Address(State state, Optional<Duration> roundTrip) {}

    private enum Verdict {
        REACHABLE,
        SILENT,
        UNREGISTERED
    }

    /// Nothing is known any more; what is found next is told anew.
    void forget() {
        endpoints.clear();
        told.clear();
    }

    /// One address changed.
    void changed(String endpoint, String uri, Address address) {
        SortedMap<String, Address> addresses = endpoints.computeIfAbsent(endpoint, _ -> new TreeMap<>());
        if (address.state() == State.GONE) {
            addresses.remove(uri);
        } else {
            addresses.put(uri, address);
        }
    }

    /// All endpoints that may have a phone, as they were found.
    void found(Map<String, Map<String, Address>> census) {
        endpoints.clear();
        census.forEach((endpoint, addresses) -> endpoints.put(endpoint, new TreeMap<>(addresses)));
        told.keySet().retainAll(endpoints.keySet());
    }

    /// What is to be told since the last time.
    List<SwitchReport> news() {
        List<SwitchReport> news = new ArrayList<>();
        endpoints.forEach((endpoint, addresses) -> verdict(addresses)
                .filter(verdict -> told.put(endpoint, verdict) != verdict)
                .ifPresent(verdict -> news.add(report(endpoint, verdict, addresses))));
        return news;
    }

    private static Optional<Verdict> verdict(SortedMap<String, Address> addresses) {
        if (addresses.isEmpty()) {
            return Optional.of(Verdict.UNREGISTERED);
        }
        SortedSet<State> states = new TreeSet<>();
        addresses.values().forEach(address -> states.add(address.state()));
        if (states.contains(State.REACHABLE)) {
            return Optional.of(Verdict.REACHABLE);
        }
        return states.contains(State.UNKNOWN) ? Optional.empty() : Optional.of(Verdict.SILENT);
    }

    private static SwitchReport report(String endpoint, Verdict verdict, SortedMap<String, Address> addresses) {
        return switch (verdict) {
            case REACHABLE ->
                new PhoneReachable(
                        endpoint,
                        addresses.values().stream()
                                .flatMap(address -> address.roundTrip().stream())
                                .min(Duration::compareTo));
            case SILENT -> new PhoneUnreachable(endpoint, "does not answer");
            case UNREGISTERED -> new PhoneUnreachable(endpoint, "is not registered");
        };
    }
}
