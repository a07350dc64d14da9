package org.helpline.config;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The languages and skills that the deployment declares: every other file may only use these, so that a misspelt skill
/// is a fault and not a queue that nobody serves.
///
/// @param languages names by tag; empty when they could not be read, and then nothing is checked against them
/// @param skills names by id; empty when they could not be read
record Vocabulary(Optional<SortedMap<String, String>> languages, Optional<SortedMap<String, String>> skills) {

    Optional<String> language(YamlValue value) {
        return value.matching(Words.LANGUAGE, Words.LANGUAGE_ALLOWED)
                .filter(tag -> declared(value, tag, languages, "languages"));
    }

    Optional<String> skill(YamlValue value) {
        return value.matching(Words.ID, Words.ID_ALLOWED).filter(id -> declared(value, id, skills, "skills"));
    }

    /// A key of a mapping that names a skill.
    boolean skill(String key, YamlValue value) {
        return declared(value, key, skills, "skills");
    }

    /// A section of names by id.
    static Optional<SortedMap<String, String>> names(YamlSection section, Pattern id, String allowed) {
        SortedMap<String, String> names = new TreeMap<>();
        for (var entry : section.entries()) {
            if (!id.matcher(entry.getKey()).matches()) {
                entry.getValue().fault("this key must be " + allowed);
            }
            names.put(entry.getKey(), entry.getValue().text(100).orElse(Words.UNREAD));
        }
        return Optional.of(names);
    }

    private static boolean declared(
            YamlValue value, String word, Optional<SortedMap<String, String>> declared, String where) {
        if (declared.isEmpty() || declared.get().containsKey(word)) return true;
        Set<String> known = declared.get().keySet();
        value.fault(Faults.quoted(word) + " "
                + YamlSection.unknown(word, known)
                + " (declared under '" + where + "' in helpline.yaml)");
        return false;
    }
}
