package org.helpline.telephony.simulated;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.helpline.telephony.CallCommand;

/// Who listens to which leg.
final class Listeners {
    private final Map<String, CallCommand.Snoop> byId = new LinkedHashMap<>();

    void begin(CallCommand.Snoop snoop) {
        byId.put(snoop.snoop(), snoop);
    }

    Optional<CallCommand.Snoop> end(String id) {
        return Optional.ofNullable(byId.remove(id));
    }

    Optional<CallCommand.Snoop> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    void clear() {
        byId.clear();
    }

    List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    /// Those in which the leg has a part, as listener or as the one listened to.
    List<CallCommand.Snoop> of(String leg) {
        return byId.values().stream()
                .filter(snoop -> snoop.leg().equals(leg) || snoop.listener().equals(leg))
                .toList();
    }

    /// Legs that hear what this one hears.
    Stream<String> listenersTo(String leg) {
        return byId.values().stream().filter(snoop -> snoop.leg().equals(leg)).map(CallCommand.Snoop::listener);
    }

    /// Legs that whisper to this one.
    Stream<String> whisperersTo(String leg) {
        return byId.values().stream()
                .filter(snoop -> snoop.whisper() && snoop.leg().equals(leg))
                .map(CallCommand.Snoop::listener);
    }
}
