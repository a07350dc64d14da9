package org.helpline.app.observe;

import java.util.HashSet;
import java.util.Set;

/// Words that may become values of a label. Whatever is said, only so many series come of it: the rest is
/// `other`.
final class BoundedWords {
    static final String OTHER = "other";

    private final Set<String> known;
    private final int most;

    private BoundedWords(Set<String> known, int most) {
        this.known = known;
        this.most = most;
    }

    /// Exactly these.
    static BoundedWords known(Set<String> words) {
        return new BoundedWords(new HashSet<>(words), words.size());
    }

    /// The first ones that come, for words that our own code makes.
    static BoundedWords first(int most) {
        return new BoundedWords(new HashSet<>(), most);
    }

    synchronized String of(String word) {
        if (known.contains(word)) return word;
        if (known.size() >= most) return OTHER;
        known.add(word);
        return word;
    }
}
