package org.helpline.telephony.asterisk.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.helpline.telephony.SwitchReport.CallQuality;
import org.helpline.telephony.SwitchReport.Listener;
import org.helpline.telephony.SwitchReport.Media;

/// Turns RTCP's figures into ours. RTCP counts jitter in ticks of the stream's clock and does not say how fast
/// that ticks, but each sender tells both its own time and the stream's: two reports give the rate.
final class Streams {
    /// Clocks of what is negotiated here: G.711, wideband voice, Opus, all video.
    private static final int[] RATES = {8000, 16_000, 48_000, 90_000};

    private static final double TOLERANCE = 0.15;
    private static final double LEAST_SECONDS = 1;
    private static final int MOST = 20_000;

    private final Map<Key, Clock> clocks = new HashMap<>();

    /// @param ssrc of the stream that the switch sends; there is one for voice and one for video
    private record Key(String leg, String ssrc) {}

    /// A moment by the sender's time and by the stream's.
    record Moment(double seconds, long ticks) {}

    private record Clock(Optional<Moment> switchAt, Optional<Moment> partyAt, int rate) {
        static final Clock NEW = new Clock(Optional.empty(), Optional.empty(), 0);
    }

    /// @param lost of 256 packets
    /// @param jitter in ticks
    /// @param at of whoever sent the report, when that party sends media too
    record Report(
            String leg,
            String ssrc,
            Listener heardBy,
            int lost,
            long jitter,
            Optional<Duration> roundTrip,
            Optional<Moment> at) {}

    CallQuality quality(Report report) {
        int rate = rate(report);
        return new CallQuality(
                report.leg(),
                rate == 0 ? Media.UNKNOWN : rate == 90_000 ? Media.VIDEO : Media.VOICE,
                report.heardBy(),
                Math.clamp(report.lost() / 256.0, 0, 1),
                rate == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(Math.round(report.jitter() * 1e9 / rate))),
                report.roundTrip());
    }

    private int rate(Report report) {
        Key key = new Key(report.leg(), report.ssrc());
        Clock clock = clocks.getOrDefault(key, Clock.NEW);
        if (report.at().isEmpty()) {
            return clock.rate();
        }
        // A report tells the time of whoever sent it, and that is whoever heard the other.
        boolean bySwitch = report.heardBy() == Listener.SWITCH;
        Optional<Moment> before = bySwitch ? clock.switchAt() : clock.partyAt();
        int rate = before.map(moment -> rate(moment, report.at().get()))
                .filter(measured -> measured > 0)
                .orElse(clock.rate());
        if (clocks.size() < MOST || clocks.containsKey(key)) {
            clocks.put(
                    key,
                    bySwitch
                            ? new Clock(report.at(), clock.partyAt(), rate)
                            : new Clock(clock.switchAt(), report.at(), rate));
        }
        return rate;
    }

    /// 0 when these two moments do not tell: too close, or the stream's time has jumped.
    private static int rate(Moment before, Moment now) {
        double seconds = now.seconds() - before.seconds();
        if (seconds < LEAST_SECONDS) {
            return 0;
        }
        double measured = ((now.ticks() - before.ticks()) & 0xffff_ffffL) / seconds;
        for (int rate : RATES) {
            if (Math.abs(measured - rate) < TOLERANCE * rate) {
                return rate;
            }
        }
        return 0;
    }

    /// Only these legs are still there.
    void retain(Set<String> legs) {
        clocks.keySet().removeIf(key -> !legs.contains(key.leg()));
    }

    int size() {
        return clocks.size();
    }
}
