package org.helpline.telephony.asterisk.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.asteriskjava.manager.event.RtcpReceivedEvent;
import org.asteriskjava.manager.event.RtcpSentEvent;
import org.helpline.telephony.SwitchReport.CallQuality;
import org.helpline.telephony.SwitchReport.Listener;
import org.helpline.telephony.SwitchReport.Media;
import org.helpline.telephony.asterisk.watch.Streams.Moment;
import org.helpline.telephony.asterisk.watch.Streams.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsTest {
    private final Streams streams = new Streams();

    @ParameterizedTest
    @CsvSource({"8000,VOICE", "16000,VOICE", "48000,VOICE", "90000,VIDEO"})
    void theSecondReportOfASenderTellsItsClock(int rate, Media media) {
        CallQuality first = streams.quality(report("a", Listener.SWITCH, rate, at(100, 7)));
        assertEquals(Optional.empty(), first.jitter());
        assertEquals(Media.UNKNOWN, first.media());
        CallQuality second = streams.quality(report("a", Listener.SWITCH, rate, at(105.01, 7 + 5L * rate)));
        assertEquals(media, second.media());
        assertEquals(Optional.of(Duration.ofSeconds(1)), second.jitter());
    }

    @Test
    void eitherSidesClockServesBoth() {
        streams.quality(report("a", Listener.PARTY, 80, at(1, 0)));
        streams.quality(report("a", Listener.PARTY, 80, at(6, 40_000)));
        CallQuality heardHere = streams.quality(report("a", Listener.SWITCH, 80, Optional.empty()));
        assertEquals(Optional.of(Duration.ofMillis(10)), heardHere.jitter());
    }

    @Test
    void aStreamWhoseTimeJumpsKeepsTheClockItHad() {
        streams.quality(report("a", Listener.SWITCH, 80, at(1, 0)));
        streams.quality(report("a", Listener.SWITCH, 80, at(6, 40_000)));
        CallQuality jumped = streams.quality(report("a", Listener.SWITCH, 80, at(11, 5_000_000)));
        assertEquals(Optional.of(Duration.ofMillis(10)), jumped.jitter());
    }

    @Test
    void ticksWrapAround() {
        streams.quality(report("a", Listener.SWITCH, 80, at(1, 0xffff_ff00L)));
        CallQuality wrapped = streams.quality(report("a", Listener.SWITCH, 80, at(6, 40_000 - 0x100)));
        assertEquals(Media.VOICE, wrapped.media());
    }

    @Test
    void lossIsAShareOfWhatWasSent() {
        Report half = new Report("a", "s", Listener.PARTY, 128, 0, Optional.empty(), Optional.empty());
        assertEquals(0.5, streams.quality(half).lost());
        Report absurd = new Report("a", "s", Listener.PARTY, 4000, 0, Optional.empty(), Optional.empty());
        assertEquals(1, streams.quality(absurd).lost());
    }

    @Test
    void legsThatAreGoneAreForgotten() {
        streams.quality(report("a", Listener.SWITCH, 80, at(1, 0)));
        streams.quality(report("b", Listener.SWITCH, 80, at(1, 0)));
        streams.retain(Set.of("b"));
        assertEquals(1, streams.size());
    }

    @Test
    void whatAsteriskSaysOfAStreamThatItReceives() {
        RtcpSentEvent event = new RtcpSentEvent(this);
        assertEquals(Optional.empty(), Translation.sent(event), "no report in it");
        event.setUniqueid("leg-1");
        event.setSsrc("0x67c5732f");
        event.setReport0FractionLost(64);
        event.setReport0iaJitter(11);
        event.setSentNtp(1795520137.659672);
        event.setSentRtp(38_560L);
        assertEquals(
                Optional.of(new Report(
                        "leg-1",
                        "0x67c5732f",
                        Listener.SWITCH,
                        64,
                        11,
                        Optional.empty(),
                        at(1795520137.659672, 38_560))),
                Translation.sent(event));
    }

    @Test
    void whatAPartySaysOfAStreamThatItReceives() {
        RtcpReceivedEvent event = new RtcpReceivedEvent(this);
        assertEquals(Optional.empty(), Translation.received(event), "no report in it");
        event.setUniqueid("leg-1");
        event.setSsrc("0xeeaff509");
        event.setReport0Sourcessrc("0x67c5732f");
        event.setReport0FractionLost(0);
        event.setReport0iaJitter(3L);
        event.setRtt("0.0009");
        event.setSentntp("no number");
        Report report = Translation.received(event).orElseThrow();
        assertEquals("0x67c5732f", report.ssrc());
        assertEquals(Optional.of(Duration.ofNanos(900_000)), report.roundTrip());
        assertEquals(Optional.empty(), report.at());
        event.setRtt("0.0000");
        assertTrue(Translation.received(event).orElseThrow().roundTrip().isEmpty());
    }

    private static Report report(String leg, Listener heardBy, long jitter, Optional<Moment> at) {
        return new Report(leg, "s", heardBy, 0, jitter, Optional.empty(), at);
    }

    private static Optional<Moment> at(double seconds, long ticks) {
        return Optional.of(new Moment(seconds, ticks));
    }
}
