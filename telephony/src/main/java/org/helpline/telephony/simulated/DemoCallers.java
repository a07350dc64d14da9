package org.helpline.telephony.simulated;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// People who call the demo: they listen, choose a language and a need, wait while their patience lasts,
/// talk for a while and hang up. Some ring off in the menu.
public final class DemoCallers {
    private static final Duration THINK = Duration.ofMillis(1500);
    private static final double GIVES_UP_IN_MENU = 0.05;

    private final SimulatedCarrier carrier;
    private final Schedule schedule;
    private final RandomGenerator random;
    private final DemoSettings settings;
    private final Set<SimulatedCaller> present = new LinkedHashSet<>();
    private Schedule.Cancel next = () -> {};
    private boolean stopped;

    public DemoCallers(SimulatedCarrier carrier, Schedule schedule, RandomGenerator random, DemoSettings settings) {
        this.carrier = carrier;
        this.schedule = schedule;
        this.random = random;
        this.settings = settings;
    }

    public void start() {
        next = schedule.after(exponential(settings.meanBetweenCalls()), () -> {
            if (stopped) {
                return;
            }
            if (present.size() < settings.maxCallers()) {
                oneCalls();
            }
            start();
        });
    }

    /// No new calls; everyone present hangs up.
    public void stop() {
        stopped = true;
        next.cancel();
        List.copyOf(present).forEach(SimulatedCaller::hangUp);
    }

    public int present() {
        return present.size();
    }

    private void oneCalls() {
        Optional<String> number = random.nextInt(10) == 0
                ? Optional.empty()
                : Optional.of("1212555%04d".formatted(random.nextInt(10_000)));
        SimulatedCaller caller = carrier.call(pick(settings.called()), number);
        present.add(caller);
        caller.whenOver(() -> present.remove(caller));
        caller.whenHearing(new Behaviour(caller)::hears);
        schedule.after(exponential(settings.meanPatience()), () -> {
            if (caller.bridgedWith().isEmpty()) {
                caller.hangUp();
            }
        });
    }

    /// One caller's way through the menus: the first prompt asks for the language, the next one after a key
    /// for the
    // need.
    private final class Behaviour {
        private final SimulatedCaller caller;
        private int chosen;
        private boolean thinking;
        private boolean talking;

        Behaviour(SimulatedCaller caller) {
            this.caller = caller;
        }

        void hears(Heard sound) {
            switch (sound) {
                case Heard.Prompt prompt -> think();
                case Heard.Parties parties -> talk(parties);
                case Heard.Music music -> chosen = 2;
                case Heard.Apology apology -> {}
                case Heard.Referred referred -> {}
            }
        }

        private void think() {
            if (thinking || chosen >= 2) {
                return;
            }
            thinking = true;
            schedule.after(THINK.plus(exponential(THINK)), () -> {
                thinking = false;
                if (chosen >= 2) {
                    return;
                }
                if (random.nextDouble() < GIVES_UP_IN_MENU) {
                    caller.hangUp();
                    return;
                }
                char key = pick(chosen == 0 ? settings.languageKeys() : settings.needKeys());
                chosen++;
                caller.press(key);
            });
        }

        private void talk(Heard.Parties parties) {
            if (!parties.legs().isEmpty() && !talking) {
                talking = true;
                schedule.after(exponential(settings.meanTalk()), caller::hangUp);
            }
        }
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private Duration exponential(Duration mean) {
        double factor = -Math.log(1 - random.nextDouble());
        return Duration.ofMillis((long) (mean.toMillis() * Math.min(factor, 8)));
    }
}
