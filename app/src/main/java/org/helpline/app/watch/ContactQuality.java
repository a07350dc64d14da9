package org.helpline.app.watch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.helpline.router.ContactId;
import org.helpline.telephony.SwitchReport.Listener;

/// How a contact sounded to those who took part in it.
///
/// @param streams each direction of each leg of which reports came
public record ContactQuality(ContactId contact, List<Stream> streams) {
    public ContactQuality {
        streams = List.copyOf(streams);
    }

    public enum Party {
        CALLER,
        AGENT
    }

    /// One direction of one leg. Means are over the reports, which come at even intervals.
    ///
    /// @param heardBy the switch, which hears the party, or the party, which hears the switch
    /// @param lost share of packets, 0 to 1
    /// @param roundTrip between the switch and the party
    public record Stream(
            String leg,
            Party party,
            Listener heardBy,
            int reports,
            double lost,
            double worstLost,
            Optional<Duration> jitter,
            Optional<Duration> worstJitter,
            Optional<Duration> roundTrip) {}

    /// The share that was lost in the worst interval of all.
    public double worstLost() {
        return streams.stream().mapToDouble(Stream::worstLost).max().orElse(0);
    }
}
