package org.helpline.simulation;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.helpline.app.switchboard.CallPlan;
import org.helpline.ivr.CallFlow;
import org.helpline.ivr.CallFlow.Choice;
import org.helpline.ivr.CallFlow.Limits;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.Prompt;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.helpline.ivr.OpeningHours;
import org.helpline.ivr.OpeningHours.Span;
import org.helpline.router.AgentId;
import org.helpline.router.AgentSettings;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.DomainSettings;
import org.helpline.router.DomainSettings.DisconnectGraces;
import org.helpline.router.HelplineId;
import org.helpline.router.Language;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;
import org.helpline.router.QueueSettings;
import org.helpline.router.Skill;
import org.helpline.router.SkillRequirement;
import org.helpline.router.SupervisorId;

/// The line that is simulated: social services in English and Spanish, a queue for each of five needs, each
/// with its own skill, and agents who speak one or both and know two to five of the programmes.
final class DemoLine {
    static final String NUMBER = "18005550100";
    static final List<String> NEEDS = List.of("snap", "cash", "medicaid", "idnyc", "emergency");
    static final List<SupervisorId> SUPERVISORS = List.of(new SupervisorId("chief1"), new SupervisorId("chief2"));
    private static final HelplineId HELPLINE = new HelplineId("social-services");
    private static final SpokenLanguage ENGLISH = new SpokenLanguage("en");
    private static final SpokenLanguage SPANISH = new SpokenLanguage("es");
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final int MOST_WAITING = 25;

    private DemoLine() {}

    static CallPlan plan(List<AgentSettings> agents) {
        SortedMap<AgentId, String> devices = new TreeMap<>();
        for (AgentSettings agent : agents) devices.put(agent.id(), device(agent.id()));
        SUPERVISORS.forEach(supervisor -> devices.put(new AgentId(supervisor.value()), device(supervisor)));
        return new CallPlan(
                new TreeMap<>(java.util.Map.of(HELPLINE.value(), flow())),
                new TreeMap<>(java.util.Map.of(NUMBER, HELPLINE.value())),
                HELPLINE.value(),
                devices);
    }

    static String device(AgentId agent) {
        return "sip:" + agent + "@127.0.2.1:5080";
    }

    static String device(SupervisorId supervisor) {
        return device(new AgentId(supervisor.value()));
    }

    // ---- agents and queues

    static DomainSettings settings(List<AgentSettings> agents) {
        List<QueueSettings> queues = NEEDS.stream()
                .map(need -> new QueueSettings(
                        new QueueId(need),
                        HELPLINE,
                        List.of(new SkillRequirement(new Skill(need), need.equals("emergency") ? 5 : 2)),
                        MOST_WAITING,
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(40)))
                .toList();
        return new DomainSettings("demo", queues, agents, DisconnectGraces.DEFAULT, List.of("1800555XXXX"));
    }

    /// The first two agents are there for everything in both languages, so that nobody waits for ever.
    static List<AgentSettings> agents(int count, Draws draws) {
        List<AgentSettings> agents = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            boolean everything = i <= 2;
            SortedMap<Skill, Integer> skills = new TreeMap<>();
            for (String need : NEEDS) {
                if (everything) {
                    skills.put(new Skill(need), 10);
                } else if (draws.chance(0.6)) {
                    skills.put(new Skill(need), 1 + draws.below(10));
                }
            }
            List<Language> languages = everything || draws.chance(0.4)
                    ? List.of(new Language("en"), new Language("es"))
                    : List.of(new Language(draws.chance(0.6) ? "en" : "es"));
            agents.add(new AgentSettings(
                    new AgentId("agent" + i),
                    "Agent " + i,
                    languages,
                    List.of(Modality.VOICE),
                    skills,
                    draws.chance(0.2) ? OfferOn.DEVICE : OfferOn.DESKTOP));
        }
        return agents;
    }

    // ---- the call flow

    static CallFlow flow() {
        SortedMap<String, Node> nodes = new TreeMap<>();
        nodes.put("greeting", new Node.Say(prompts("greeting"), true, "language"));
        nodes.put("language", languageMenu());
        nodes.put("hours", new Node.Hours(alwaysOpen(), "need", "closed"));
        nodes.put("need", needMenu());
        for (String need : NEEDS) {
            nodes.put(
                    need,
                    new Node.Queue(need, prompts("welcome"), Duration.ofSeconds(45), prompts("comfort"), "all-busy"));
        }
        nodes.put("all-busy", new Node.HangUp(prompts("all-busy")));
        nodes.put("closed", new Node.HangUp(prompts("closed")));
        return new CallFlow(HELPLINE.value(), "greeting", ENGLISH, nodes, Limits.DEFAULT);
    }

    private static Node.Menu languageMenu() {
        return new Node.Menu(
                List.of(
                        new Prompt("language-choice", Optional.of(ENGLISH)),
                        new Prompt("language-choice", Optional.of(SPANISH))),
                List.of(
                        new Choice('1', Optional.of(ENGLISH), Optional.empty(), Optional.of("hours")),
                        new Choice('2', Optional.of(SPANISH), Optional.empty(), Optional.of("hours")),
                        repeat()),
                PATIENCE,
                3,
                prompts("wrong-key"),
                prompts("no-key"),
                "hours");
    }

    private static Node.Menu needMenu() {
        List<Choice> choices = new ArrayList<>();
        char key = '1';
        for (String need : NEEDS) {
            choices.add(new Choice(key++, Optional.empty(), Optional.of(need), Optional.of(need)));
        }
        choices.add(new Choice('*', Optional.empty(), Optional.empty(), Optional.of("language")));
        choices.add(repeat());
        return new Node.Menu(
                prompts("need-choice"), choices, PATIENCE, 3, prompts("wrong-key"), prompts("no-key"), "snap");
    }

    private static Choice repeat() {
        return new Choice('9', Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static OpeningHours alwaysOpen() {
        SortedMap<DayOfWeek, List<Span>> week = new TreeMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            week.put(day, List.of(new Span(LocalTime.MIN, LocalTime.MIN)));
        }
        return new OpeningHours(ZoneId.of("America/New_York"), week, new TreeSet<>());
    }

    private static List<Prompt> prompts(String... keys) {
        return Stream.of(keys).map(key -> new Prompt(key, Optional.empty())).toList();
    }
}
