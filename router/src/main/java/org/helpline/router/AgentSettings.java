package org.helpline.router;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is configured of one agent.
///
/// @param id the agent
/// @param name shown to supervisors, never spoken to callers
/// @param languages languages the agent works in, at least one
/// @param modalities modalities the agent takes, at least one
/// @param skills proficiency by skill, 1 to 10
/// @param offerOn where an offer is answered
public record AgentSettings(
        AgentId id,
        String name,
        List<Language> languages,
        List<Modality> modalities,
        SortedMap<Skill, Integer> skills,
        OfferOn offerOn) {
    public AgentSettings {
        languages = List.copyOf(languages);
        modalities = List.copyOf(modalities);
        skills = Collections.unmodifiableSortedMap(new TreeMap<>(skills));
        if (languages.isEmpty())
            throw new IllegalArgumentException("agent " + id + " must speak at least one language");
        if (modalities.isEmpty())
            throw new IllegalArgumentException("agent " + id + " must take at least one modality");
        skills.forEach((skill, level) -> Checks.range("level of " + skill + " of agent " + id, level, 1, 10));
    }

    /// Where an agent accepts: on the desktop (a message, then the device rings) or by answering the device
    /// itself.
    public enum OfferOn {
        DESKTOP,
        DEVICE
    }
}
