package org.helpline.telephony.prompts;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What is said in one language.
///
/// @param tag BCP 47
/// @param voice of espeak-ng; empty when none speaks this language, then every prompt needs a recording
/// @param texts by prompt key
public record SpokenLanguage(String tag, Optional<String> voice, SortedMap<String, String> texts) {
    /// Tags and keys become names of files.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    public SpokenLanguage {
        name("language tag", tag);
        texts.keySet().forEach(key -> name("prompt key", key));
        voice.ifPresent(voiceName -> {
            if (!voiceName.matches("[A-Za-z0-9][A-Za-z0-9_+-]*")) {
                throw new IllegalArgumentException("voice must be a voice of espeak-ng, but is '" + voiceName + "'");
            }
        });
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    public SpokenLanguage(String tag, String voice, Map<String, String> texts) {
        this(tag, Optional.of(voice), new TreeMap<>(texts));
    }

    static void name(String what, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what + " must be letters, digits, _ and -, 64 at most, but is '" + value + "'");
        }
    }
}
