package org.helpline.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.helpline.ivr.CallFlow;
import org.helpline.router.HelplineId;
import org.helpline.router.QueueId;
import org.helpline.router.QueueSettings;
import org.helpline.router.Skill;
import org.helpline.router.SkillRequirement;

/// One file of `helplines/`. Parts that could not be read are stand-ins; the faults have been told.
///
/// @param place of the file as a whole
/// @param flow empty when there is none to check
record HelplineFile(
        Place place,
        Placed<String> id,
        String name,
        List<Placed<String>> numbers,
        List<Placed<QueueSettings>> queues,
        Optional<FlowFile> flow) {
    private static final Pattern NUMBER = Pattern.compile("\\+?[A-Za-z0-9._-]{1,63}");

    /// A flow and the places of its parts.
    record FlowFile(CallFlow flow, FlowPlaces places) {}

    /// Empty when the file cannot be read at all.
    static Optional<HelplineFile> read(Path path, Vocabulary vocabulary, Faults faults) {
        return YamlFile.read(path, faults).map(root -> read(root, vocabulary));
    }

    private static HelplineFile read(YamlSection root, Vocabulary vocabulary) {
        Optional<Placed<String>> id = root.required("id")
                .flatMap(value -> value.matching(Words.ID, Words.ID_ALLOWED).map(value::at));
        HelplineId helpline = new HelplineId(id.map(Placed::value).orElse(Words.UNREAD));
        String name = root.required("name").flatMap(value -> value.text(100)).orElse(Words.UNREAD);
        List<Placed<String>> numbers = root.required("numbers")
                .map(value -> value.list(
                        item -> item.matching(NUMBER, "a number or the user part of a SIP address, up to 64 characters")
                                .map(item::at)))
                .orElse(List.of());
        List<Placed<QueueSettings>> queues = new ArrayList<>();
        Set<String> queueNames = new TreeSet<>();
        Optional<YamlSection> queueSection = root.requiredSection("queues");
        queueSection.ifPresent(section -> section.entries().forEach(entry -> {
            queueNames.add(entry.getKey());
            queue(entry.getKey(), entry.getValue(), helpline, vocabulary).ifPresent(queues::add);
        }));
        Optional<FlowFile> flow = root.requiredSection("flow")
                .map(section -> new FlowReader(section, vocabulary, queueSection.map(_ -> queueNames))
                        .read(id.map(Placed::value).orElse(Words.UNREAD)));
        root.end();
        return new HelplineFile(
                root.place(), id.orElse(new Placed<>(Words.UNREAD, root.place())), name, numbers, queues, flow);
    }

    private static Optional<Placed<QueueSettings>> queue(
            String name, YamlValue value, HelplineId helpline, Vocabulary vocabulary) {
        if (!Words.ID.matcher(name).matches()) return value.fault("a queue's id must be " + Words.ID_ALLOWED);
        return value.section().map(section -> {
            var standard = QueueSettings.of(new QueueId(name), helpline, List.of());
            var queue = new QueueSettings(
                    standard.id(),
                    helpline,
                    skills(section, vocabulary),
                    section.optional("max-waiting")
                            .flatMap(v -> v.integer(1, 100_000))
                            .orElse(standard.maxWaiting()),
                    section.optional("offer-timeout")
                            .flatMap(v -> v.duration(TimeLimits.OFFER_LEAST, TimeLimits.OFFER_MOST))
                            .orElse(standard.offerTimeout()),
                    section.optional("device-timeout")
                            .flatMap(v -> v.duration(TimeLimits.DEVICE_LEAST, TimeLimits.DEVICE_MOST))
                            .orElse(standard.deviceTimeout()),
                    section.optional("wrap-up-limit")
                            .flatMap(v -> v.duration(TimeLimits.WRAP_UP_LEAST, TimeLimits.WRAP_UP_MOST))
                            .orElse(standard.wrapUpLimit()));
            section.end();
            return new Placed<>(queue, section.place());
        });
    }

    private static List<SkillRequirement> skills(YamlSection queue, Vocabulary vocabulary) {
        List<SkillRequirement> skills = new ArrayList<>();
        queue.required("skills")
                .flatMap(YamlValue::section)
                .ifPresent(section -> section.entries().forEach(entry -> {
                    Optional<Integer> level = entry.getValue().integer(1, 10);
                    if (vocabulary.skill(entry.getKey(), entry.getValue()) && level.isPresent()) {
                        skills.add(new SkillRequirement(new Skill(entry.getKey()), level.get()));
                    }
                }));
        return skills;
    }
}
