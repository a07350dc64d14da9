package org.helpline.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.helpline.config.PromptTexts.LanguagePrompts;

/// One file of `prompts/`: what is spoken in one language.
///
/// @param texts where the texts begin
record PromptsFile(LanguagePrompts prompts, Place texts, Place review) {
    static final String PLACEHOLDER = "placeholder";
    private static final Pattern VOICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_+-]{0,63}");
    private static final int LONGEST_TEXT = 2_000;
    private static final SortedMap<String, String> REVIEWS = reviews();

    /// Empty when the file cannot be read at all.
    static Optional<PromptsFile> read(Path path, Vocabulary vocabulary, Faults faults) {
        return YamlFile.read(path, faults).map(root -> read(path, root, vocabulary));
    }

    /// A file is named after its language.
    static String languageOf(Path path) {
        return path.getFileName().toString().replaceFirst("\\.yaml$", "");
    }

    private static PromptsFile read(Path path, YamlSection root, Vocabulary vocabulary) {
        String stem = languageOf(path);
        root.required("language")
                .ifPresent(value -> vocabulary
                        .language(value)
                        .filter(tag -> !tag.equals(stem))
                        .ifPresent(tag -> value.fault("must be the name of the file, " + Faults.quoted(stem)
                                + ", but is " + Faults.quoted(tag))));
        String voice = root.required("voice")
                .flatMap(value -> value.matching(VOICE, "a voice of espeak-ng, such as en-us"))
                .orElse(Words.UNREAD);
        Optional<YamlValue> review = root.required("review");
        String reviewed = review.flatMap(value -> value.oneOf(REVIEWS)).orElse(PLACEHOLDER);
        SortedMap<String, String> texts = new TreeMap<>();
        Optional<YamlSection> section = root.requiredSection("texts");
        section.ifPresent(found -> found.entries().forEach(entry -> {
            if (!Words.ID.matcher(entry.getKey()).matches()) {
                entry.getValue().fault("this key must be " + Words.ID_ALLOWED);
            }
            texts.put(entry.getKey(), entry.getValue().text(LONGEST_TEXT).orElse(Words.UNREAD));
        }));
        root.end();
        return new PromptsFile(
                new LanguagePrompts(stem, voice, reviewed, texts),
                section.map(YamlSection::place).orElse(root.place()),
                review.map(YamlValue::place).orElse(root.place()));
    }

    private static SortedMap<String, String> reviews() {
        SortedMap<String, String> words = new TreeMap<>();
        for (String word : new String[] {"native-speaker", "machine-draft", PLACEHOLDER}) words.put(word, word);
        return words;
    }
}
