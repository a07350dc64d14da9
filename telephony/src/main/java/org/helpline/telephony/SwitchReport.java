package org.helpline.telephony;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a watched switch tells about itself.
public sealed interface SwitchReport {

    /// The watch is connected (again). All that was known of phones before counts no more; what is known now
    /// follows.
    record WatchConnected() implements SwitchReport {}

    /// The watch is lost. From now on nothing is known of any phone.
    record WatchLost(String why) implements SwitchReport {}

    /// The phone of this endpoint can be called. Told when that becomes so, not each time it is found so.
    ///
    /// @param endpoint its name in the switch's configuration, without a technology
    /// @param roundTrip of the probe, when it was probed
    record PhoneReachable(String endpoint, Optional<Duration> roundTrip) implements SwitchReport {}

    /// The phone of this endpoint cannot be called: every address it has is dead, or it has none any more. A
    /// phone that was never heard of and never probed is neither reachable nor unreachable.
    ///
    /// @param why for people, such as `does not answer` or `is not registered`
    record PhoneUnreachable(String endpoint, String why) implements SwitchReport {}

    /// How one stream of a leg fares, as a party of the call tells the other every few seconds.
    ///
    /// @param leg as [CallControl] knows it; the switch may tell of legs that are not ours
    /// @param heardBy who measured it
    /// @param lost share of the packets since the report before, 0 to 1
    /// @param jitter empty until the stream's clock is known
    /// @param roundTrip between the switch and the party; only the switch can tell
    record CallQuality(
            String leg,
            Media media,
            Listener heardBy,
            double lost,
            Optional<Duration> jitter,
            Optional<Duration> roundTrip)
            implements SwitchReport {
        public CallQuality {
            if (!(lost >= 0 && lost <= 1)) throw new IllegalArgumentException("lost is a share, but is " + lost);
        }
    }

    /// Every channel that the switch holds, ours or not.
    record ChannelCensus(SortedSet<String> channels) implements SwitchReport {
        public ChannelCensus {
            channels = Collections.unmodifiableSortedSet(new TreeSet<>(channels));
        }
    }

    enum Listener {
        /// What the switch receives from the party.
        SWITCH,
        /// What the party receives from the switch.
        PARTY
    }

    enum Media {
        VOICE,
        VIDEO,
        /// Not known (yet).
        UNKNOWN
    }
}
