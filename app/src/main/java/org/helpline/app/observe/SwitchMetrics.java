package org.helpline.app.observe;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.helpline.telephony.SwitchReport.CallQuality;

/// The watched switch in numbers: its phones, its channels, how calls sound.
public final class SwitchMetrics {
    private static final double[] SHARES = {0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5};

    private final Meters meters;
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger reachable = new AtomicInteger();
    private final AtomicInteger unreachable = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final AtomicInteger channels = new AtomicInteger();
    private final AtomicInteger strange = new AtomicInteger();

    SwitchMetrics(MeterRegistry registry) {
        meters = new Meters(registry);
        meters.gauge("helpline.switch.watch.connected", "1 while phones are watched", Meters.NONE, connected::get);
        String phones = "Agents' desk phones, by what the switch knows of them";
        meters.gauge("helpline.switch.phones", phones, Meters.tag("state", "reachable"), reachable::get);
        meters.gauge("helpline.switch.phones", phones, Meters.tag("state", "unreachable"), unreachable::get);
        meters.gauge("helpline.switch.phones", phones, Meters.tag("state", "unknown"), unknown::get);
        meters.gauge(
                "helpline.switch.channels",
                "Channels that the switch held at the last census",
                Meters.NONE,
                channels::get);
        meters.gauge(
                "helpline.switch.channels.unknown",
                "Channels of two censuses in a row that belong to nobody here; one that stays is leaked",
                Meters.NONE,
                strange::get);
    }

    public void connected(boolean now) {
        connected.set(now ? 1 : 0);
    }

    public void phones(int nowReachable, int nowUnreachable, int nowUnknown) {
        reachable.set(nowReachable);
        unreachable.set(nowUnreachable);
        unknown.set(nowUnknown);
    }

    public void channels(int all, int ofNobody) {
        channels.set(all);
        strange.set(ofNobody);
    }

    /// @param party whose leg it is; empty when it is of no contact here
    public <P extends Enum<P>> void quality(CallQuality report, Optional<P> party) {
        List<Tag> tags = List.of(
                Tag.of("party", party.map(Meters::word).orElse("other")),
                Tag.of("heard_by", Meters.word(report.heardBy())),
                Tag.of("media", Meters.word(report.media())));
        DistributionSummary.builder("helpline.call.quality.lost.ratio")
                .description("Share of packets that did not arrive, in each report of a stream")
                .tags(tags)
                .serviceLevelObjectives(SHARES)
                .register(meters.registry())
                .record(report.lost());
        report.jitter()
                .ifPresent(jitter -> meters.machine(
                                "helpline.call.quality.jitter", "How unevenly packets arrived, in each report", tags)
                        .record(jitter));
        report.roundTrip()
                .ifPresent(time -> meters.machine(
                                "helpline.call.quality.round.trip",
                                "From the switch to a party and back, in each report",
                                tags)
                        .record(time));
    }
}
