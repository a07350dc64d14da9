package org.helpline.router;

/// A skill a contact needs.
///
/// @param skill the skill
/// @param minimumLevel least proficiency that satisfies it, 1 to 10
public record SkillRequirement(Skill skill, int minimumLevel) {
    public SkillRequirement {
        Checks.range("minimumLevel of " + skill, minimumLevel, 1, 10);
    }
}
