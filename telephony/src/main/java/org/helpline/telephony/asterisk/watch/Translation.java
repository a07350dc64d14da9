package org.helpline.telephony.asterisk.watch;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.asteriskjava.manager.event.ContactStatusDetail;
import org.asteriskjava.manager.event.ContactStatusEvent;
import org.asteriskjava.manager.event.RtcpReceivedEvent;
import org.asteriskjava.manager.event.RtcpSentEvent;
import org.helpline.telephony.SwitchReport.Listener;
import org.helpline.telephony.asterisk.watch.Phones.Address;
import org.helpline.telephony.asterisk.watch.Phones.State;
import org.helpline.telephony.asterisk.watch.Streams.Moment;
import org.helpline.telephony.asterisk.watch.Streams.Report;

/// asterisk-java's words into ours. What an event lacks, or has in another form than expected, is left out:
/// an event must never end the watch.
final class Translation {
    private Translation() {}

    /// What the switch tells a party about the stream that it gets from there.
    static Optional<Report> sent(RtcpSentEvent event) {
        if (event.getReport0FractionLost() == null || event.getUniqueid() == null || event.getSsrc() == null) {
            return Optional.empty();
        }
        return Optional.of(new Report(
                event.getUniqueid(),
                event.getSsrc(),
                Listener.SWITCH,
                event.getReport0FractionLost(),
                event.getReport0iaJitter() == null ? 0 : event.getReport0iaJitter(),
                Optional.empty(),
                event.getSentNtp() == null || event.getSentRtp() == null
                        ? Optional.empty()
                        : Optional.of(new Moment(event.getSentNtp(), event.getSentRtp()))));
    }

    /// What a party tells the switch about the stream that it gets from here. Its SSRC field is not to be
    /// trusted (22.10 fills it with a time); the stream that the report is about is ours.
    static Optional<Report> received(RtcpReceivedEvent event) {
        if (event.getReport0FractionLost() == null
                || event.getUniqueid() == null
                || event.getReport0Sourcessrc() == null) {
            return Optional.empty();
        }
        return Optional.of(new Report(
                event.getUniqueid(),
                event.getReport0Sourcessrc(),
                Listener.PARTY,
                event.getReport0FractionLost(),
                event.getReport0iaJitter() == null ? 0 : event.getReport0iaJitter(),
                // Zero stands for not known: the party had no report of ours to answer.
                event.getRtt() == null || event.getRtt() <= 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos(Math.round(event.getRtt() * 1e9))),
                seconds(event.getSentntp())
                        .filter(_ -> event.getSentrtp() != null)
                        .map(seconds -> new Moment(seconds, event.getSentrtp()))));
    }

    private static Optional<Double> seconds(String text) {
        try {
            return Optional.ofNullable(text).map(Double::valueOf);
        } catch (NumberFormatException malformed) {
            return Optional.empty();
        }
    }

    static Address address(ContactStatusEvent event) {
        return new Address(
                switch (word(event.getContactStatus())) {
                    // A configured address comes with no event before its first probe: these have registered.
                    case "reachable", "created", "nonqualified", "updated" -> State.REACHABLE;
                    case "unreachable" -> State.UNREACHABLE;
                    case "removed" -> State.GONE;
                    default -> State.UNKNOWN;
                },
                roundTrip(event.getRoundtripUsec()));
    }

    /// @param registered the address was registered, and is not a configured one
    static Address address(ContactStatusDetail detail, boolean registered) {
        return new Address(
                switch (word(detail.getStatus())) {
                    case "reachable" -> State.REACHABLE;
                    case "unreachable" -> State.UNREACHABLE;
                    default -> registered ? State.REACHABLE : State.UNKNOWN;
                },
                roundTrip(detail.getRoundtripUsec()));
    }

    private static String word(Object status) {
        return String.valueOf(status).toLowerCase(Locale.ROOT);
    }

    private static Optional<Duration> roundTrip(String microseconds) {
        if (microseconds == null || !microseconds.matches("[0-9]{1,10}") || Long.parseLong(microseconds) == 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(1000 * Long.parseLong(microseconds)));
    }
}
