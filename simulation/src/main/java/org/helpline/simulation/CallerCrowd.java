package org.helpline.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.telephony.simulated.Heard;
import org.helpline.telephony.simulated.SimulatedCaller;
import org.helpline.telephony.simulated.SimulatedCarrier;

/// People who call: most listen and choose, some press whatever they find, say nothing, vanish, or ring off
/// at a moment that suits nobody.
final class CallerCrowd implements TurnListener {
    private static final String KEYS = "0123456789*#";
    private static final int MOST_KEYS = 40;
    private static final Duration MEAN_PATIENCE = Duration.ofMinutes(4);
    private static final Duration ENDLESS_PATIENCE = Duration.ofHours(6);

    private final Scenario scenario;
    private final VirtualTime time;
    private final SimulatedCarrier carrier;
    private final Draws draws;
    private final Optional<Ears> ears;
    private final Map<String, Caller> byLeg = new HashMap<>();
    private final Map<ContactId, Caller> byContact = new HashMap<>();
    private final Set<Caller> present = new LinkedHashSet<>();
    private int called;
    private int heardAnAgent;

    private enum Manner {
        CHOOSES,
        MASHES,
        SAYS_NOTHING
    }

    /// When a caller rings off who will not wait for the end.
    private enum Moment {
        ARRIVED,
        IN_MENU,
        QUEUED,
        OFFERED,
        DEVICE_RINGS,
        DEVICE_UP,
        TALKING,
        AGENT_LOST,
        REQUEUED
    }

    CallerCrowd(Scenario scenario, VirtualTime time, SimulatedCarrier carrier, Draws draws) {
        this(scenario, time, carrier, draws, Optional.empty());
    }

    /// @param ears who notes what they hear
    CallerCrowd(Scenario scenario, VirtualTime time, SimulatedCarrier carrier, Draws draws, Optional<Ears> ears) {
        this.ears = ears;
        this.scenario = scenario;
        this.time = time;
        this.carrier = carrier;
        this.draws = draws;
    }

    int called() {
        return called;
    }

    /// Callers who were joined with an agent at least once, as they themselves heard it.
    int heardAnAgent() {
        return heardAnAgent;
    }

    boolean allAreOver() {
        return called == scenario.calls() && present.isEmpty();
    }

    boolean allHaveCalled() {
        return called == scenario.calls();
    }

    /// A caller who has been answered and has heard nothing at all since `before`.
    Optional<String> inSilenceSince(Instant before) {
        return present.stream()
                .filter(caller -> caller.phone.answered()
                        && !caller.phone.hearsMusic()
                        && caller.phone.bridgedWith().isEmpty()
                        && caller.lastSound.isBefore(before))
                .map(caller -> caller.phone.leg())
                .findFirst();
    }

    void start() {
        if (called == scenario.calls()) return;
        time.after(draws.around(scenario.betweenCalls()), () -> {
            Optional<String> number =
                    draws.chance(0.1) ? Optional.empty() : Optional.of("1212555%04d".formatted(draws.below(10_000)));
            SimulatedCaller phone = carrier.call(DemoLine.NUMBER, number);
            called++;
            new Caller(phone).begin();
            start();
        });
    }

    @Override
    public void onEvents(List<DomainEvent> events) {
        for (DomainEvent event : events) {
            if (event instanceof DomainEvent.CallerArrived arrived && byLeg.containsKey(arrived.leg())) {
                byContact.put(arrived.id(), byLeg.get(arrived.leg()));
            }
            if (event instanceof DomainEvent.CallerGone gone) byContact.remove(gone.id());
            Optional<Moment> moment = moment(event);
            if (moment.isEmpty()) continue;
            event.contact().map(byContact::get).ifPresent(caller -> caller.at(moment.get()));
        }
    }

    private static Optional<Moment> moment(DomainEvent event) {
        return Optional.ofNullable(
                switch (event) {
                    case DomainEvent.DeviceRung _ -> Moment.DEVICE_RINGS;
                    case DomainEvent.DeviceUp _ -> Moment.DEVICE_UP;
                    case DomainEvent.Routing(Event.ContactQueued _) -> Moment.QUEUED;
                    case DomainEvent.Routing(Event.OfferMade _) -> Moment.OFFERED;
                    case DomainEvent.Routing(Event.ContactConnected _) -> Moment.TALKING;
                    case DomainEvent.Routing(Event.AgentLost _) -> Moment.AGENT_LOST;
                    case DomainEvent.Routing(Event.ContactRequeued _) -> Moment.REQUEUED;
                    case DomainEvent.Routing _,
                            DomainEvent.Flow _,
                            DomainEvent.Leg _,
                            DomainEvent.Phone _,
                            DomainEvent.Drain _ -> null;
                });
    }

    private final class Caller {
        final SimulatedCaller phone;
        final Manner manner;
        final Optional<Moment> ringsOffAt;
        Instant lastSound = time.now();
        int keys;
        boolean heard;
        boolean talking;
        VirtualTime.Due patience = null;

        Caller(SimulatedCaller phone) {
            this.phone = phone;
            double kind = scenario.wild() ? draws.fraction() : 1;
            this.manner = kind < 0.08 ? Manner.MASHES : kind < 0.15 ? Manner.SAYS_NOTHING : Manner.CHOOSES;
            this.ringsOffAt = scenario.wild() && draws.chance(0.25)
                    ? Optional.of(draws.pick(List.of(Moment.values())))
                    : Optional.empty();
        }

        void begin() {
            byLeg.put(phone.leg(), this);
            present.add(this);
            ears.ifPresent(all -> all.calls(phone));
            phone.whenOver(this::over);
            phone.whenHearing(this::hears);
            waitPatiently();
            at(Moment.ARRIVED);
        }

        void over() {
            present.remove(this);
            byLeg.remove(phone.leg());
            patience.cancel();
            ears.ifPresent(all -> all.over(phone));
        }

        void at(Moment moment) {
            if (!ringsOffAt.equals(Optional.of(moment))) return;
            // The carrier's latency is 2 ms: that is where reports cross.
            Duration delay = draws.chance(0.5) ? Duration.ofMillis(draws.below(6)) : draws.seconds(0, 3);
            time.after(delay, () -> {
                if (draws.chance(0.15)) {
                    phone.vanish();
                } else {
                    phone.hangUp();
                }
            });
        }

        void waitPatiently() {
            if (patience != null) patience.cancel();
            patience = time.after(
                    scenario.wild() ? Duration.ofSeconds(20).plus(draws.around(MEAN_PATIENCE)) : ENDLESS_PATIENCE,
                    () -> {
                        if (phone.bridgedWith().isEmpty()) phone.hangUp();
                    });
        }

        void hears(Heard sound) {
            lastSound = time.now();
            ears.ifPresent(all -> all.hears(phone, sound));
            switch (sound) {
                case Heard.Prompt prompt -> hearsPrompt(prompt.prompt().key());
                case Heard.Parties parties -> {
                    if (parties.legs().isEmpty()) {
                        talking = false;
                        waitPatiently();
                    } else if (!talking) {
                        talks();
                    }
                }
                case Heard.Music _, Heard.Apology _, Heard.Referred _ -> {}
            }
        }

        void talks() {
            talking = true;
            if (!heard) heardAnAgent++;
            heard = true;
            patience.cancel();
            time.after(draws.seconds(1, 5).plus(draws.around(scenario.talk())), () -> {
                if (!phone.bridgedWith().isEmpty()) phone.hangUp();
            });
        }

        void hearsPrompt(String key) {
            if (key.endsWith("-choice")) at(Moment.IN_MENU);
            switch (manner) {
                case SAYS_NOTHING -> {}
                case MASHES -> mash(1 + draws.below(5));
                case CHOOSES -> {
                    if (key.equals("language-choice") || (key.equals("greeting") && draws.chance(0.2))) {
                        choose("12");
                    } else if (key.equals("need-choice")) {
                        choose("12345");
                    }
                }
            }
        }

        void choose(String among) {
            if (keys > MOST_KEYS) return;
            char key = among.charAt(draws.below(among.length()));
            if (scenario.wild() && draws.chance(0.05)) key = KEYS.charAt(draws.below(KEYS.length()));
            press(key, draws.seconds(0.3, 5));
        }

        void mash(int times) {
            Duration at = Duration.ZERO;
            for (int i = 0; i < times && keys < MOST_KEYS; i++) {
                at = at.plus(draws.seconds(0.05, 0.5));
                press(KEYS.charAt(draws.below(KEYS.length())), at);
            }
        }

        private void press(char key, Duration after) {
            keys++;
            time.after(after, () -> phone.press(key));
        }
    }
}
