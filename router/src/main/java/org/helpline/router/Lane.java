package org.helpline.router;

/// The two requirements that nothing relaxes; waiting contacts and ready agents are indexed by them.
record Lane(Language language, Modality modality) {
    static Lane of(Requirements requirements) {
        return new Lane(requirements.language(), requirements.modality());
    }
}
