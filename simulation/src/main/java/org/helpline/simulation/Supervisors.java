package org.helpline.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.router.AgentId;
import org.helpline.router.AgentSettings;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.helpline.router.Language;
import org.helpline.router.QueueId;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;
import org.helpline.router.Skill;
import org.helpline.router.SupervisionMode;
import org.helpline.router.SupervisorId;
import org.helpline.telephony.simulated.DeviceBehaviour;
import org.helpline.telephony.simulated.SimulatedCarrier;
import org.helpline.telephony.simulated.SimulatedDevice;

/// Supervisors listen in, change skills, close queues and open them again; and whoever watches the switch
/// reports devices that cannot be reached.
final class Supervisors {
    private final VirtualTime time;
    private final SimulatedCarrier carrier;
    private final Front front;
    private final List<AgentSettings> agents;
    private final Draws draws;
    private boolean over;

    Supervisors(VirtualTime time, SimulatedCarrier carrier, Front front, List<AgentSettings> agents, Draws draws) {
        this.time = time;
        this.carrier = carrier;
        this.front = front;
        this.agents = agents;
        this.draws = draws;
    }

    void start() {
        DemoLine.SUPERVISORS.forEach(this::watch);
        command();
    }

    /// Everything is as it was configured, and nobody listens in any more.
    void end() {
        over = true;
        DemoLine.SUPERVISORS.forEach(supervisor -> front.submit(new Input.EndSupervision(supervisor)));
        DemoLine.NEEDS.forEach(need -> front.submit(new Input.OpenQueue(new QueueId(need))));
        agents.forEach(agent -> front.submit(new Input.DeviceReachable(agent.id())));
    }

    // ---- listening in

    private void watch(SupervisorId supervisor) {
        time.after(draws.around(Duration.ofSeconds(20)), () -> {
            if (over) return;
            SimulatedDevice device = carrier.device(DemoLine.device(supervisor));
            switch (draws.below(10)) {
                case 0, 1 -> front.submit(new Input.EndSupervision(supervisor));
                case 2 -> device.hangUp();
                case 3 -> device.vanish();
                default -> {
                    device.behaves(
                            draws.chance(0.85)
                                    ? new DeviceBehaviour.Answers(draws.seconds(0.1, 6))
                                    : draws.chance(0.5) ? new DeviceBehaviour.Absent() : new DeviceBehaviour.Silent());
                    front.submit(
                            new Input.Supervise(supervisor, aContact(), draws.pick(List.of(SupervisionMode.values()))));
                }
            }
            watch(supervisor);
        });
    }

    /// Mostly one that may be listened in on.
    private ContactId aContact() {
        List<ContactView> contacts = front.routing().contacts().stream()
                .filter(contact -> contact.state() == ContactState.TALKING
                        || contact.state() == ContactState.HELD
                        || draws.chance(0.02))
                .toList();
        return contacts.isEmpty()
                ? new ContactId("c-" + draws.below(1_000))
                : draws.pick(contacts).id();
    }

    // ---- skills, queues, devices

    private void command() {
        time.after(draws.around(Duration.ofSeconds(25)), () -> {
            if (over) return;
            switch (draws.below(4)) {
                case 0, 1 -> setSkills(draws.pick(agents.subList(2, agents.size())));
                case 2 -> {
                    QueueId queue = new QueueId(draws.pick(DemoLine.NEEDS));
                    front.submit(new Input.CloseQueue(queue));
                    time.after(draws.seconds(1, 20), () -> front.submit(new Input.OpenQueue(queue)));
                }
                default -> {
                    AgentId agent = draws.pick(agents).id();
                    front.submit(new Input.DeviceUnreachable(agent, "a seeded fault"));
                    time.after(draws.seconds(1, 40), () -> front.submit(new Input.DeviceReachable(agent)));
                }
            }
            command();
        });
    }

    /// The first two agents stay as they are: nobody may wait for ever.
    private void setSkills(AgentSettings agent) {
        SortedMap<Skill, Integer> skills = new TreeMap<>(agent.skills());
        skills.put(new Skill(draws.pick(DemoLine.NEEDS)), 1 + draws.below(10));
        List<Language> languages = new ArrayList<>(agent.languages());
        if (draws.chance(0.3)) languages = List.of(new Language(draws.chance(0.5) ? "en" : "es"));
        front.submit(new Input.SetAgentSkills(agent.id(), languages, agent.modalities(), skills));
    }
}
