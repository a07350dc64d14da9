package org.helpline.ivr;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.helpline.ivr.CallFlow.Choice;
import org.helpline.ivr.CallFlow.Limits;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.Prompt;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.helpline.ivr.OpeningHours.Span;

/// A social-services line like the demo's: greeting, language, opening hours, need, queue.
final class SampleFlow {
    static final SpokenLanguage ENGLISH = new SpokenLanguage("en");
    static final SpokenLanguage SPANISH = new SpokenLanguage("es");
    static final Duration PATIENCE = Duration.ofSeconds(8);
    static final Duration ANNOUNCE_EVERY = Duration.ofSeconds(45);

    private SampleFlow() {}

    static CallFlow flow() {
        return flow(Limits.DEFAULT);
    }

    static CallFlow flow(Limits limits) {
        SortedMap<String, Node> nodes = new TreeMap<>();
        nodes.put("greeting", new Node.Say(prompts("greeting"), true, "language"));
        nodes.put("language", language());
        nodes.put("hours", new Node.Hours(weekdays(), "need", "closed"));
        nodes.put("need", need());
        nodes.put("queue", new Node.Queue("social", prompts("welcome"), ANNOUNCE_EVERY, prompts("comfort"), "full"));
        nodes.put("full", new Node.HangUp(prompts("all-busy")));
        nodes.put("closed", new Node.HangUp(prompts("closed")));
        return new CallFlow("social", "greeting", ENGLISH, nodes, limits);
    }

    private static Node.Menu language() {
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

    private static Node.Menu need() {
        List<Choice> choices = new ArrayList<>();
        char key = '1';
        for (String need : List.of("SNAP", "Cash Assistance", "Medicaid", "IDNYC", "Emergency")) {
            choices.add(new Choice(key++, Optional.empty(), Optional.of(need), Optional.of("queue")));
        }
        choices.add(new Choice('*', Optional.empty(), Optional.empty(), Optional.of("language")));
        choices.add(repeat());
        return new Node.Menu(
                prompts("need-choice"), choices, PATIENCE, 3, prompts("wrong-key"), prompts("no-key"), "queue");
    }

    private static Choice repeat() {
        return new Choice('9', Optional.empty(), Optional.empty(), Optional.empty());
    }

    static OpeningHours weekdays() {
        SortedMap<DayOfWeek, List<Span>> week = new TreeMap<>();
        EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)
                .forEach(day -> week.put(day, List.of(new Span(LocalTime.of(9, 0), LocalTime.of(17, 0)))));
        return new OpeningHours(
                ZoneId.of("America/New_York"), week, new TreeSet<>(List.of(LocalDate.parse("2026-11-26"))));
    }

    static List<Prompt> prompts(String... keys) {
        return Stream.of(keys).map(key -> new Prompt(key, Optional.empty())).toList();
    }

    /// The flow with one node put or replaced.
    static CallFlow with(CallFlow flow, String name, Node node) {
        SortedMap<String, Node> nodes = new TreeMap<>(flow.nodes());
        nodes.put(name, node);
        return new CallFlow(flow.name(), flow.start(), flow.defaultLanguage(), nodes, flow.limits());
    }
}
