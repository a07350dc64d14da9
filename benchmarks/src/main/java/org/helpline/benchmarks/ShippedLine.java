package org.helpline.benchmarks;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.app.switchboard.CallPlan;
import org.helpline.config.Configuration;
import org.helpline.ivr.CallFlow;
import org.helpline.router.AgentId;
import org.helpline.router.AgentSettings;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.Input.Inquiry;
import org.helpline.router.Input.InquiryOutcome;
import org.helpline.router.Language;
import org.helpline.router.Modality;
import org.helpline.router.QueueSettings;
import org.helpline.router.Skill;

/// The line of the shipped configuration, with as many agents as a measurement wants.
public final class ShippedLine {
    /// A wrap-up needs one; an agent whose wrap-up is refused is out until its limit.
    public static final Inquiry INQUIRY = new Inquiry(
            "SNAP - Recertification", InquiryOutcome.RESOLVED, Optional.empty(), Optional.empty(), Optional.empty());

    private ShippedLine() {}

    /// Somebody for all the queues.
    public static AgentSettings agent(int number, Configuration shipped, Language... languages) {
        SortedMap<Skill, Integer> everything = new TreeMap<>();
        shipped.domain().queues().forEach(queue -> queue.skills().forEach(skill -> everything.put(skill.skill(), 10)));
        return new AgentSettings(
                new AgentId("agent" + number),
                "Agent " + number,
                List.of(languages),
                List.of(Modality.VOICE),
                everything,
                OfferOn.DESKTOP);
    }

    /// The queues, with room for so many.
    public static List<QueueSettings> queues(Configuration shipped, int mostWaiting) {
        return shipped.domain().queues().stream()
                .map(queue -> new QueueSettings(
                        queue.id(),
                        queue.helpline(),
                        queue.skills(),
                        mostWaiting,
                        queue.offerTimeout(),
                        queue.deviceTimeout(),
                        queue.wrapUpLimit()))
                .toList();
    }

    public static CallPlan plan(Configuration shipped, List<AgentSettings> agents) {
        SortedMap<String, CallFlow> flows = new TreeMap<>();
        SortedMap<String, String> numbers = new TreeMap<>();
        shipped.helplines().values().forEach(helpline -> {
            flows.put(helpline.id(), helpline.flow());
            helpline.numbers().forEach(number -> numbers.put(number, helpline.id()));
        });
        SortedMap<AgentId, String> devices = new TreeMap<>();
        agents.forEach(agent -> devices.put(agent.id(), "sip:" + agent.id() + "@127.0.2.1:5080"));
        return new CallPlan(flows, numbers, shipped.defaultHelpline(), devices);
    }
}
