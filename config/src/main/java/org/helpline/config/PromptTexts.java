package org.helpline.config;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What callers hear, by language tag.
public record PromptTexts(SortedMap<String, LanguagePrompts> languages) {
    public PromptTexts {
        languages = Collections.unmodifiableSortedMap(new TreeMap<>(languages));
    }

    /// The prompts of one language.
    ///
    /// @param tag BCP 47 tag of the spoken language
    /// @param voice of the speech synthesiser
    /// @param review who has vouched for the texts: `native-speaker`, `machine-draft` or `placeholder`
    /// @param texts what is spoken, by prompt key
    public record LanguagePrompts(String tag, String voice, String review, SortedMap<String, String> texts) {
        public LanguagePrompts {
            texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
        }
    }
}
