package org.helpline.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.helpline.gateway.PasswordHash;
import org.helpline.gateway.UserDirectory.Role;
import org.helpline.router.AgentId;
import org.helpline.router.AgentSettings;
import org.helpline.router.AgentSettings.OfferOn;
import org.helpline.router.Language;
import org.helpline.router.Modality;
import org.helpline.router.Skill;

/// What `agents.yaml` says: agents with their devices, and users.
///
/// @param read false when the file could not be read at all
record AgentsFile(
        boolean read,
        List<AgentSettings> agents,
        SortedMap<AgentId, Placed<String>> devices,
        List<Placed<UserEntry>> users) {
    private static final int MOST_AGENTS = 20_000;

    static AgentsFile read(Path path, Vocabulary vocabulary, Faults faults) {
        return YamlFile.read(path, faults)
                .map(root -> read(root, vocabulary))
                .orElseGet(() -> new AgentsFile(false, List.of(), new TreeMap<>(), List.of()));
    }

    private static AgentsFile read(YamlSection root, Vocabulary vocabulary) {
        List<AgentSettings> agents = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        SortedMap<AgentId, Placed<String>> devices = new TreeMap<>();
        for (var entry : entries(root, "agents")) {
            names.add(entry.getKey());
            entry.getValue().section().ifPresent(section -> {
                AgentId id = agentId(entry.getKey(), section);
                agents.add(agent(id, section, vocabulary));
                section.optional("device")
                        .flatMap(value -> DevicePattern.address(value).map(value::at))
                        .ifPresent(device -> devices.put(id, device));
                section.end();
            });
        }
        List<Placed<UserEntry>> users = new ArrayList<>();
        for (var entry : entries(root, "users")) {
            entry.getValue().section().ifPresent(section -> {
                users.add(new Placed<>(user(entry.getKey(), section, names), section.place()));
                section.end();
            });
        }
        root.end();
        return new AgentsFile(true, agents, devices, users);
    }

    private static List<Map.Entry<String, YamlValue>> entries(YamlSection root, String key) {
        Optional<YamlSection> section = root.requiredSection(key);
        List<Map.Entry<String, YamlValue>> entries =
                section.map(YamlSection::entries).orElse(List.of());
        if (entries.size() > MOST_AGENTS) {
            root.faults()
                    .add(
                            section.get().place(),
                            "must have at most " + MOST_AGENTS + " entries, but has " + entries.size());
            return List.of();
        }
        return entries;
    }

    private static AgentId agentId(String key, YamlSection section) {
        if (Words.USER.matcher(key).matches()) return new AgentId(key);
        section.faults().add(section.place(), "an agent's id must be " + Words.USER_ALLOWED);
        return new AgentId(Words.UNREAD);
    }

    private static AgentSettings agent(AgentId id, YamlSection section, Vocabulary vocabulary) {
        String name = section.required("name").flatMap(value -> value.text(100)).orElse(Words.UNREAD);
        List<Language> languages = atLeastOne(
                section,
                "languages",
                value -> vocabulary.language(value).map(Language::new),
                new Language(Words.UNREAD_LANGUAGE));
        List<Modality> modalities =
                atLeastOne(section, "modalities", value -> value.oneOf(Words.of(Modality.class)), Modality.VOICE);
        SortedMap<Skill, Integer> skills = new TreeMap<>();
        section.optional("skills")
                .flatMap(YamlValue::section)
                .ifPresent(found -> found.entries().forEach(entry -> {
                    Optional<Integer> level = entry.getValue().integer(1, 10);
                    if (vocabulary.skill(entry.getKey(), entry.getValue()) && level.isPresent()) {
                        skills.put(new Skill(entry.getKey()), level.get());
                    }
                }));
        OfferOn offerOn = section.optional("offer-on")
                .flatMap(value -> value.oneOf(Words.of(OfferOn.class)))
                .orElse(OfferOn.DESKTOP);
        return new AgentSettings(id, name, languages, modalities, skills, offerOn);
    }

    private static <T> List<T> atLeastOne(
            YamlSection section, String key, Function<YamlValue, Optional<T>> item, T standIn) {
        Optional<YamlValue> found = section.required(key);
        int before = section.faults().count();
        List<T> items = found.map(value -> value.list(item)).orElse(List.of());
        if (items.stream().distinct().count() != items.size()) found.get().fault("names something twice");
        if (items.isEmpty() && found.isPresent() && section.faults().count() == before) {
            found.get().fault("must name at least one");
        }
        return items.isEmpty() ? List.of(standIn) : items;
    }

    private static UserEntry user(String name, YamlSection section, Set<String> agents) {
        if (!Words.USER.matcher(name).matches()) {
            section.faults().add(section.place(), "a user's name must be " + Words.USER_ALLOWED);
        }
        section.forbidden("password", "a password does not belong in this file: give its hash as 'password-hash'");
        Optional<String> hash = section.optional("password-hash").flatMap(AgentsFile::hash);
        int before = section.faults().count();
        Set<Role> roles =
                Set.copyOf(atLeastOne(section, "roles", value -> value.oneOf(Words.of(Role.class)), Role.AGENT));
        Optional<YamlValue> agent = section.optional("agent");
        if (section.faults().count() == before) rolesFit(roles, agent, section);
        Optional<AgentId> agentId = agent.flatMap(value -> value.matching(Words.USER, Words.USER_ALLOWED)
                .filter(id -> {
                    if (agents.contains(id)) return true;
                    value.fault(Faults.quoted(id) + " " + YamlSection.unknown(id, agents));
                    return false;
                })
                .map(AgentId::new));
        boolean disabled = section.optional("disabled").flatMap(YamlValue::flag).orElse(false);
        return new UserEntry(name, hash, roles, agentId, disabled);
    }

    private static void rolesFit(Set<Role> roles, Optional<YamlValue> agent, YamlSection section) {
        if (roles.contains(Role.AGENT) && agent.isEmpty()) {
            section.faults().add(section.place(), "has the role agent, so 'agent' must say which one");
        }
        if (!roles.contains(Role.AGENT) && agent.isPresent()) {
            agent.get().fault("needs the role agent, but the roles are only " + Words.list(roles));
        }
    }

    private static Optional<String> hash(YamlValue value) {
        return value.scalar().flatMap(text -> {
            try {
                PasswordHash.parse(text);
                return Optional.of(text);
            } catch (IllegalArgumentException e) {
                // Without the hash in it: whoever reads the log could guess at leisure.
                return value.fault(e.getMessage());
            }
        });
    }
}
