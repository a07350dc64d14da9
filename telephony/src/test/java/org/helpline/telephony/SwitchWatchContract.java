package org.helpline.telephony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.helpline.telephony.SwitchWatchWorld.TestCall;
import org.helpline.telephony.SwitchWatchWorld.TestPhone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every watch over a switch tells, whatever the switch is.
public abstract class SwitchWatchContract {
    private SwitchWatchWorld world;

    protected abstract SwitchWatchWorld newWorld();

    @BeforeEach
    void openWorld() {
        world = newWorld();
    }

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void theConnectionIsToldFirstThenPhonesThenTheCensus() {
        TestPhone phone = world.phone();
        world.open();
        assertInstanceOf(SwitchReport.WatchConnected.class, world.reports().getFirst());
        world.until("the census is told", () -> censuses() >= 1);
        world.until("the phone is told", () -> reachable(phone));
    }

    @Test
    void aPhoneThatFallsSilentIsUnreachableUntilItAnswersAgain() {
        TestPhone phone = world.phone();
        world.open();
        world.until("the phone is reachable", () -> reachable(phone));
        phone.falls();
        world.until("the phone is unreachable", () -> unreachable(phone));
        SwitchReport.PhoneUnreachable report =
                (SwitchReport.PhoneUnreachable) latest(phone).orElseThrow();
        assertFalse(report.why().isBlank());
        phone.rises();
        world.until("the phone is reachable again", () -> reachable(phone));
    }

    @Test
    void aPhoneIsToldWhenItChangesAndNotEachTimeItAnswers() {
        TestPhone phone = world.phone();
        world.open();
        world.until("the phone is reachable", () -> reachable(phone));
        world.settle();
        assertEquals(1, about(phone).size(), () -> world.reports().toString());
    }

    @Test
    void whatChangedWithoutAConnectionIsToldAtTheNextOne() {
        TestPhone steady = world.phone();
        TestPhone falling = world.phone();
        world.open();
        world.until("both phones are reachable", () -> reachable(steady) && reachable(falling));
        world.loseConnection();
        world.until("the loss is told", () -> world.reports().getLast() instanceof SwitchReport.WatchLost);
        falling.falls();
        world.settle();
        assertInstanceOf(SwitchReport.WatchLost.class, world.reports().getLast());
        int before = world.reports().size();
        world.regainConnection();
        world.until("the phone is unreachable", () -> unreachable(falling));
        List<SwitchReport> since =
                world.reports().subList(before, world.reports().size());
        assertInstanceOf(SwitchReport.WatchConnected.class, since.getFirst());
        world.until("the steady phone is told again", () -> about(steady).size() == 2 && reachable(steady));
        world.until("the channels are counted again", () -> censuses() >= 2);
    }

    @Test
    void theCensusHoldsTheChannelsOfACall() {
        TestCall call = world.call();
        world.open();
        world.until("the call is counted", () -> channels().contains(call.leg()));
        call.end();
        world.until("the call is no longer counted", () -> !channels().contains(call.leg()));
    }

    @Test
    void howACallSoundsIsToldByItsLeg() {
        world.open();
        TestCall call = world.call();
        world.until(
                "the quality is told",
                () -> world.reports().stream()
                        .anyMatch(report -> report instanceof SwitchReport.CallQuality quality
                                && quality.leg().equals(call.leg())
                                && quality.heardBy() == SwitchReport.Listener.SWITCH
                                && quality.media() == SwitchReport.Media.VOICE
                                && quality.lost() < 0.5
                                && quality.jitter().isPresent()));
        call.end();
    }

    @Test
    void afterItsEndAWatchIsSilent() {
        TestPhone phone = world.phone();
        world.open();
        world.until("the phone is reachable", () -> reachable(phone));
        world.closeWatch();
        int before = world.reports().size();
        phone.falls();
        world.settle();
        assertEquals(before, world.reports().size());
        assertTrue(reachable(phone));
    }

    private boolean reachable(TestPhone phone) {
        return latest(phone).orElse(null) instanceof SwitchReport.PhoneReachable;
    }

    private boolean unreachable(TestPhone phone) {
        return latest(phone).orElse(null) instanceof SwitchReport.PhoneUnreachable;
    }

    private Optional<SwitchReport> latest(TestPhone phone) {
        List<SwitchReport> about = about(phone);
        return about.isEmpty() ? Optional.empty() : Optional.of(about.getLast());
    }

    private List<SwitchReport> about(TestPhone phone) {
        return world.reports().stream()
                .filter(report -> switch (report) {
                    case SwitchReport.PhoneReachable r -> r.endpoint().equals(phone.endpoint());
                    case SwitchReport.PhoneUnreachable r -> r.endpoint().equals(phone.endpoint());
                    case SwitchReport.WatchConnected _,
                            SwitchReport.WatchLost _,
                            SwitchReport.CallQuality _,
                            SwitchReport.ChannelCensus _ -> false;
                })
                .toList();
    }

    private long censuses() {
        return world.reports().stream()
                .filter(SwitchReport.ChannelCensus.class::isInstance)
                .count();
    }

    private List<String> channels() {
        return world.reports().reversed().stream()
                .filter(SwitchReport.ChannelCensus.class::isInstance)
                .findFirst()
                .map(census -> List.copyOf(((SwitchReport.ChannelCensus) census).channels()))
                .orElse(List.of());
    }
}
