package org.helpline.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.config.HelplineFile.FlowFile;
import org.helpline.ivr.CallFlow;
import org.helpline.ivr.CallFlow.Choice;
import org.helpline.ivr.CallFlow.Limits;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.Prompt;
import org.helpline.ivr.CallFlow.SpokenLanguage;

/// Reads the flow of one helpline: its shape and words. Whether the nodes make sense together is the flow's own check.
///
/// Every node is a mapping with one key, its kind. What cannot be read is told and replaced by a stand-in, so that the
/// rest is read too.
final class FlowReader {
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);
    private static final Duration DEFAULT_ANNOUNCE = Duration.ofMinutes(1);
    private static final int DEFAULT_ATTEMPTS = 3;
    private static final String KINDS = "say, menu, hours, queue, hang-up";

    private final YamlSection flow;
    private final Vocabulary vocabulary;
    private final Optional<Set<String>> queues;
    private final FlowPlaces places;

    /// @param queues of this helpline; empty when they could not be read
    FlowReader(YamlSection flow, Vocabulary vocabulary, Optional<Set<String>> queues) {
        this.flow = flow;
        this.vocabulary = vocabulary;
        this.queues = queues;
        this.places = new FlowPlaces(flow.place());
    }

    FlowFile read(String name) {
        String start = target(flow, "start", "start");
        SpokenLanguage language = flow.required("default-language")
                .flatMap(value -> spoken("defaultLanguage", value))
                .orElse(new SpokenLanguage(Words.UNREAD_LANGUAGE));
        Limits limits = flow.optional("limits")
                .flatMap(YamlValue::section)
                .map(this::limits)
                .orElse(Limits.DEFAULT);
        Optional<String> limited = flow.optional("limited").map(_ -> target(flow, "limited", "limited"));
        SortedMap<String, Node> nodes = new TreeMap<>();
        Optional<YamlSection> section = flow.requiredSection("nodes");
        if (section.isEmpty()) places.standIn("nodes");
        for (var entry : section.map(YamlSection::entries).orElse(List.of())) {
            nodes.put(entry.getKey(), node(entry.getKey(), entry.getValue()));
        }
        flow.end();
        return new FlowFile(new CallFlow(name, start, language, nodes, limits, limited), places);
    }

    private Limits limits(YamlSection section) {
        var limits = new Limits(
                section.optional("key-presses")
                        .map(value -> placed("limits.keyPresses", value))
                        .flatMap(value -> value.integer(10, 1_000))
                        .orElse(Limits.DEFAULT.keyPresses()),
                section.optional("menu-time")
                        .map(value -> placed("limits.menuTime", value))
                        .flatMap(value -> value.duration(TimeLimits.MENU_TIME_LEAST, TimeLimits.MENU_TIME_MOST))
                        .orElse(Limits.DEFAULT.menuTime()));
        section.end();
        return limits;
    }

    private Node node(String name, YamlValue value) {
        String path = "nodes." + name;
        placed(path, value);
        if (!Words.ID.matcher(name).matches()) value.fault("a node's name must be " + Words.ID_ALLOWED);
        Optional<YamlSection> found = value.section();
        if (found.isEmpty()) return standIn(path);
        List<Map.Entry<String, YamlValue>> kinds = found.get().entries();
        if (kinds.size() != 1) {
            value.fault("must have exactly one key, the kind of the node (" + KINDS + "), but has " + kinds.size());
            return standIn(path);
        }
        YamlValue body = kinds.getFirst().getValue();
        String kind = kinds.getFirst().getKey();
        Optional<YamlSection> section = body.section();
        if (section.isEmpty()) return standIn(path);
        Node node =
                switch (kind) {
                    case "say" -> say(path, section.get());
                    case "menu" -> menu(path, section.get());
                    case "hours" -> hours(path, section.get());
                    case "queue" -> queue(path, section.get());
                    case "hang-up" -> new Node.HangUp(prompts(path, section.get(), "prompts", "prompts"));
                    default -> {
                        body.fault(YamlSection.unknown(kind, Set.of(KINDS.split(", "))));
                        section.get().entries();
                        yield standIn(path);
                    }
                };
        section.get().end();
        return node;
    }

    private Node standIn(String path) {
        places.standIn(path);
        return new Node.HangUp(List.of());
    }

    private Node say(String path, YamlSection section) {
        return new Node.Say(
                prompts(path, section, "prompts", "prompts"),
                section.optional("barge-in").flatMap(YamlValue::flag).orElse(true),
                target(section, "next", path + ".next"));
    }

    private Node menu(String path, YamlSection section) {
        List<Choice> choices = choices(path + ".choices", section);
        return new Node.Menu(
                prompts(path, section, "prompts", "prompts"),
                section.optional("hinted")
                        .map(_ -> prompts(path, section, "hinted", "hinted"))
                        .orElse(List.of()),
                choices,
                section.optional("patience")
                        .map(value -> placed(path + ".patience", value))
                        .flatMap(value -> value.duration(TimeLimits.PATIENCE_LEAST, TimeLimits.PATIENCE_MOST))
                        .orElse(DEFAULT_PATIENCE),
                section.optional("attempts")
                        .map(value -> placed(path + ".attempts", value))
                        .flatMap(value -> value.integer(1, 5))
                        .orElse(DEFAULT_ATTEMPTS),
                prompts(path, section, "wrong-key", "wrongKey"),
                prompts(path, section, "silence", "silence"),
                target(section, "otherwise", path + ".otherwise"));
    }

    private List<Choice> choices(String path, YamlSection menu) {
        List<Choice> choices = new ArrayList<>();
        Optional<YamlSection> section =
                menu.required("choices").map(value -> placed(path, value)).flatMap(YamlValue::section);
        if (section.isEmpty()) places.standIn(path);
        for (var entry : section.map(YamlSection::entries).orElse(List.of())) {
            Optional<Choice> choice = choice(path + "[" + choices.size() + "]", entry.getKey(), entry.getValue());
            if (choice.isEmpty()) places.standIn(path);
            choice.ifPresent(choices::add);
        }
        return choices;
    }

    private Optional<Choice> choice(String path, String key, YamlValue value) {
        placed(path, value);
        if (!key.matches("[0-9*#]")) {
            return value.fault("a choice's key must be one of 0-9, * and #, in quotes, but is " + Faults.quoted(key));
        }
        if (!value.isMapping()) {
            return value.scalar()
                    .flatMap(word -> word.equals("repeat")
                            ? Optional.of(
                                    new Choice(key.charAt(0), Optional.empty(), Optional.empty(), Optional.empty()))
                            : value.fault("must be 'repeat' or a mapping with 'next', but is " + Faults.quoted(word)));
        }
        return value.section().map(section -> {
            var choice = new Choice(
                    key.charAt(0),
                    section.optional("language").flatMap(v -> spoken(path + ".language", v)),
                    section.optional("need").flatMap(v -> v.matching(Words.ID, Words.ID_ALLOWED)),
                    Optional.of(target(section, "next", path + ".next")));
            section.end();
            return choice;
        });
    }

    private Node hours(String path, YamlSection section) {
        return new Node.Hours(
                HoursReader.read(path + ".hours", section, places),
                target(section, "open", path + ".open"),
                target(section, "closed", path + ".closed"));
    }

    private Node queue(String path, YamlSection section) {
        String queue = section.required("queue")
                .map(value -> placed(path + ".queue", value))
                .flatMap(value -> value.matching(Words.ID, Words.ID_ALLOWED).filter(id -> {
                    if (queues.isEmpty() || queues.get().contains(id)) return true;
                    value.fault(Faults.quoted(id) + " " + YamlSection.unknown(id, queues.get())
                            + " (a queue of this helpline)");
                    return false;
                }))
                .orElse(Words.UNREAD);
        return new Node.Queue(
                queue,
                prompts(path, section, "welcome", "welcome"),
                section.optional("announce-every")
                        .map(value -> placed(path + ".announceEvery", value))
                        .flatMap(value -> value.duration(TimeLimits.ANNOUNCE_LEAST, TimeLimits.ANNOUNCE_MOST))
                        .orElse(DEFAULT_ANNOUNCE),
                prompts(path, section, "comfort", "comfort"),
                target(section, "refused", path + ".refused"));
    }

    /// Prompts are required wherever a caller would meet silence without them.
    private List<Prompt> prompts(String path, YamlSection section, String key, String part) {
        List<Prompt> prompts = new ArrayList<>();
        String at = path + "." + part;
        Optional<YamlValue> value = section.required(key).map(found -> placed(at, found));
        Optional<List<YamlValue>> items = value.flatMap(YamlValue::items);
        if (items.isEmpty()) places.standIn(at);
        for (YamlValue item : items.orElse(List.of())) {
            Optional<Prompt> prompt = prompt(at + "[" + prompts.size() + "]", item);
            if (prompt.isEmpty()) places.standIn(at);
            prompt.ifPresent(prompts::add);
        }
        return prompts;
    }

    private Optional<Prompt> prompt(String path, YamlValue value) {
        placed(path, value);
        if (!value.isMapping()) return prompt(value, Optional.empty());
        return value.section().flatMap(section -> {
            Optional<SpokenLanguage> language = section.required("language").flatMap(v -> spoken(path, v));
            Optional<Prompt> prompt = section.required("prompt").flatMap(v -> prompt(v, language));
            section.end();
            return prompt.filter(_ -> language.isPresent());
        });
    }

    private Optional<Prompt> prompt(YamlValue value, Optional<SpokenLanguage> language) {
        Optional<String> key = value.matching(Words.ID, "the key of a prompt");
        key.ifPresent(found -> places.prompt(found, language.map(SpokenLanguage::tag), value.place()));
        return key.map(found -> new Prompt(found, language));
    }

    private String target(YamlSection section, String key, String path) {
        Optional<String> target = section.required(key)
                .map(value -> placed(path, value))
                .flatMap(value -> value.matching(Words.ID, "the name of a node"));
        if (target.isEmpty()) places.standIn(path);
        return target.orElse(Words.UNREAD);
    }

    private Optional<SpokenLanguage> spoken(String path, YamlValue value) {
        Optional<String> tag = vocabulary.language(placed(path, value));
        tag.ifPresent(found -> places.language(found, value.place()));
        return tag.map(SpokenLanguage::new);
    }

    private YamlValue placed(String path, YamlValue value) {
        places.put(path, value.place());
        return value;
    }
}
