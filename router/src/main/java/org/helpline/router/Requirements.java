package org.helpline.router;

import java.util.List;

/// What an agent must satisfy to be offered a contact. Language and modality are hard by construction:
/// nothing in this type can drop them.
///
/// @param language the caller's language
/// @param modality the contact's modality
/// @param skills required skills with their least level, in the order of the queue's configuration
public record Requirements(Language language, Modality modality, List<SkillRequirement> skills) {
    public Requirements {
        skills = List.copyOf(skills);
    }
}
