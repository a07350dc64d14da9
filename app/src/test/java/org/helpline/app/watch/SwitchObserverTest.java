package org.helpline.app.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.helpline.app.observe.Instruments;
import org.helpline.app.owner.Scheduler;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.PhoneOwner;
import org.helpline.app.watch.ContactQuality.Party;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.HelplineId;
import org.helpline.router.Input;
import org.helpline.router.LegId;
import org.helpline.telephony.SwitchReport.CallQuality;
import org.helpline.telephony.SwitchReport.Listener;
import org.helpline.telephony.SwitchReport.Media;
import org.helpline.telephony.simulated.SimulatedSwitchWatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SwitchObserverTest {
    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");
    private static final AgentId AGENT = new AgentId("a1");
    private static final PhoneOwner OWNER = PhoneOwner.of(AGENT);
    private static final ContactId CONTACT = new ContactId("c-1");
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final SimulatedSwitchWatch watch = new SimulatedSwitchWatch();
    private final Instruments instruments = new Instruments();
    private final List<Input> told = new ArrayList<>();
    private final Set<String> ours = new HashSet<>();
    private final Timers timers = new Timers();
    private final SwitchObserver observer =
            new SwitchObserver(watch, told::add, ours::contains, timers, GRACE, instruments.switchWatch());

    private static final class Timers implements Scheduler {
        private final List<Runnable> waiting = new ArrayList<>();

        @Override
        public Instant now() {
            return NOW;
        }

        @Override
        public Runnable after(Duration delay, Runnable task) {
            assertEquals(GRACE, delay);
            waiting.add(task);
            return () -> waiting.remove(task);
        }

        void pass() {
            List.copyOf(waiting).forEach(task -> {
                waiting.remove(task);
                task.run();
            });
        }
    }

    @BeforeEach
    void open() {
        observer.open(new TreeMap<>(Map.of(AGENT, "desk-a1")));
    }

    @AfterEach
    void close() {
        instruments.close();
    }

    @Test
    void aSilentPhoneIsToldToTheRouterAndALostWatchTakesThatBack() {
        watch.unreachable("desk-a1", "does not answer");
        assertEquals(1, told.size());
        assertTrue(((Input.DeviceUnreachable) told.getFirst()).why().contains("does not answer"));
        assertEquals(1, metric("helpline_switch_phones{state=\"unreachable\"}"));
        watch.loseConnection();
        assertEquals(new Input.DeviceReachable(AGENT), told.getLast());
        assertFalse(observer.connected());
        assertEquals(0, metric("helpline_switch_watch_connected"));
        watch.regainConnection();
        assertTrue(told.contains(told.getFirst()));
        assertTrue(told.getLast() instanceof Input.DeviceUnreachable);
    }

    @Test
    void whatTheRouterDidNotTakeWhileTheCarrierWasAwayIsToldAgain() {
        watch.unreachable("desk-a1", "does not answer");
        happens(new DomainEvent.Routing(new Event.OffersResumed(NOW)));
        assertEquals(List.of(told.getFirst(), told.getFirst()), told);
    }

    @Test
    void aPageThatIsLoadedAgainWithinTheGraceChangesNothing() {
        watch.unreachable("desk-a1", "does not answer");
        happens(new DomainEvent.PhoneRegistered(NOW, OWNER, "page"));
        assertEquals(new Input.DeviceReachable(AGENT), told.getLast());
        int before = told.size();
        happens(new DomainEvent.PhoneGone(NOW, OWNER, "page"));
        happens(new DomainEvent.PhoneRegistered(NOW, OWNER, "page"));
        timers.pass();
        assertEquals(before, told.size());
        happens(new DomainEvent.PhoneGone(NOW, OWNER, "page"));
        timers.pass();
        assertTrue(told.getLast() instanceof Input.DeviceUnreachable);
    }

    @Test
    void aChannelThatStaysAndIsNobodysIsCounted() {
        ours.add("caller");
        watch.channel("caller");
        watch.channel("leaked");
        watch.count();
        assertEquals(2, metric("helpline_switch_channels"));
        assertEquals(0, metric("helpline_switch_channels_unknown"), "it may be on its way in");
        watch.count();
        assertEquals(1, metric("helpline_switch_channels_unknown"));
    }

    @Test
    void aContactsSoundIsSummedUpWhenItsLastLegIsOver() {
        List<ContactQuality> heard = new ArrayList<>();
        observer.addQualityFeed(heard::add);
        happens(new DomainEvent.CallerArrived(NOW, CONTACT, "caller", new HelplineId("h"), "1", Optional.empty()));
        happens(new DomainEvent.DeviceRung(NOW, CONTACT, AGENT, new LegId("device"), Optional.empty()));
        watch.quality(report("caller", 0, 1));
        watch.quality(report("caller", 0.5, 3));
        watch.quality(report("device", 0, 1));
        watch.quality(report("of nobody", 1, 100));
        happens(new DomainEvent.CallerGone(NOW, CONTACT));
        assertEquals(List.of(), heard);
        happens(new DomainEvent.DeviceGone(NOW, CONTACT, new LegId("device")));
        ContactQuality quality = heard.getFirst();
        assertEquals(CONTACT, quality.contact());
        assertEquals(0.5, quality.worstLost());
        ContactQuality.Stream caller = quality.streams().getFirst();
        assertEquals(Party.CALLER, caller.party());
        assertEquals(2, caller.reports());
        assertEquals(0.25, caller.lost());
        assertEquals(Optional.of(Duration.ofMillis(2)), caller.jitter());
        assertEquals(Optional.of(Duration.ofMillis(3)), caller.worstJitter());
        assertEquals(2, quality.streams().size());
        assertEquals(
                2,
                metric("helpline_call_quality_lost_ratio_count{heard_by=\"switch\",media=\"voice\",party=\"caller\"}"));
    }

    @Test
    void aDeviceThatFailedLeavesNothingBehind() {
        QualityLedger ledger = new QualityLedger();
        ledger.apply(new DomainEvent.CallerArrived(NOW, CONTACT, "caller", new HelplineId("h"), "1", Optional.empty()));
        ledger.apply(new DomainEvent.DeviceRung(NOW, CONTACT, AGENT, new LegId("device"), Optional.empty()));
        ledger.apply(new DomainEvent.DeviceGone(NOW, CONTACT, new LegId("device")));
        assertEquals(Optional.empty(), ledger.apply(new DomainEvent.CallerGone(NOW, CONTACT)), "nothing was heard");
        assertEquals(0, ledger.size());
    }

    private void happens(DomainEvent event) {
        observer.onEvents(List.of(event));
    }

    private static CallQuality report(String leg, double lost, int jitterMs) {
        return new CallQuality(
                leg, Media.VOICE, Listener.SWITCH, lost, Optional.of(Duration.ofMillis(jitterMs)), Optional.empty());
    }

    private double metric(String name) {
        return instruments
                .registry()
                .scrape()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
