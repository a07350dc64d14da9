package org.helpline.router;

/// How a contact talks with its agent. A hard requirement: never relaxed.
public enum Modality {
    VOICE,
    VIDEO,
    TEXT
}
