package org.helpline.router;

/// A spoken or signed language as a BCP 47 tag (`en`, `yue`, `ase`); the written script is kept apart from
/// it.
///
/// @param tag lower-case primary subtag, 2 to 3 letters, with optional subtags; 35 characters at most (RFC
/// 5646, 4.4.1)
public record Language(String tag) implements Comparable<Language> {
    public Language {
        if (tag == null || tag.length() > 35 || !tag.matches("[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")) {
            throw new IllegalArgumentException(
                    "language must be a BCP 47 tag such as 'en' or 'yue', but is '" + tag + "'");
        }
    }

    @Override
    public int compareTo(Language other) {
        return tag.compareTo(other.tag);
    }

    @Override
    public String toString() {
        return tag;
    }
}
