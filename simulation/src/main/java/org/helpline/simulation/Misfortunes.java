package org.helpline.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.router.AgentSettings;
import org.helpline.router.Input;
import org.helpline.router.Skill;
import org.helpline.telephony.simulated.Faults;
import org.helpline.telephony.simulated.SimulatedCarrier;

/// What befalls the domain as a whole: reports that are lost, late or doubled, commands that fail,
/// connections that break, carriers that restart, settings that change.
final class Misfortunes {
    private static final Faults USUAL = new Faults(0.003, 0.03, Duration.ofSeconds(4), 0.01, 0.003, 0.003);
    private static final Faults BAD_SPELL = new Faults(0.08, 0.2, Duration.ofSeconds(9), 0.1, 0.08, 0.08);

    private final VirtualTime time;
    private final SimulatedCarrier carrier;
    private final Front front;
    private final List<AgentSettings> agents;
    private final Draws draws;
    private boolean over;

    Misfortunes(VirtualTime time, SimulatedCarrier carrier, Front front, List<AgentSettings> agents, Draws draws) {
        this.time = time;
        this.carrier = carrier;
        this.front = front;
        this.agents = agents;
        this.draws = draws;
    }

    void start() {
        carrier.faults(USUAL);
        next();
    }

    /// The carrier is mended, the settings are the first ones again.
    void end() {
        over = true;
        carrier.faults(Faults.NONE);
        carrier.regainConnection();
        front.submit(new Input.Configure(DemoLine.settings(agents)));
    }

    private void next() {
        time.after(draws.around(Duration.ofSeconds(90)), () -> {
            if (over) return;
            switch (draws.below(8)) {
                case 0, 1, 2 -> badSpell();
                case 3, 4 -> {
                    carrier.loseConnection("a seeded fault");
                    regainAfter(draws.seconds(0.05, 40));
                }
                case 5 -> {
                    carrier.restart();
                    regainAfter(draws.seconds(0.5, 15));
                }
                default -> front.submit(new Input.Configure(DemoLine.settings(changed())));
            }
            next();
        });
    }

    private void badSpell() {
        carrier.faults(BAD_SPELL);
        time.after(draws.seconds(5, 40), () -> {
            if (!over) carrier.faults(USUAL);
        });
    }

    private void regainAfter(Duration delay) {
        time.after(delay, carrier::regainConnection);
    }

    /// Some agents leave the configuration, some learn or forget. The first two stay as they are.
    private List<AgentSettings> changed() {
        List<AgentSettings> next = new ArrayList<>(agents.subList(0, 2));
        for (AgentSettings agent : agents.subList(2, agents.size())) {
            if (draws.chance(0.1)) continue;
            SortedMap<Skill, Integer> skills = new TreeMap<>(agent.skills());
            if (draws.chance(0.2)) {
                skills.put(new Skill(draws.pick(DemoLine.NEEDS)), 1 + draws.below(10));
            }
            next.add(new AgentSettings(
                    agent.id(), agent.name(), agent.languages(), agent.modalities(), skills, agent.offerOn()));
        }
        return next;
    }
}
