package org.helpline.config;

import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The notations that several files share.
final class Words {
    /// Ids of helplines, queues, skills, nodes, needs and prompts.
    static final Pattern ID = Pattern.compile("[a-z0-9](-?[a-z0-9]){0,63}");

    static final String ID_ALLOWED = "1 to 64 of a-z, 0-9 and single hyphens between them";

    /// BCP 47, as the router takes it.
    static final Pattern LANGUAGE = Pattern.compile("(?=.{2,35}$)[a-z]{2,3}(-[A-Za-z0-9]{1,8})*");

    static final String LANGUAGE_ALLOWED = "a BCP 47 language tag such as en, yue or es-419";

    /// Names that people sign in with.
    static final Pattern USER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    static final String USER_ALLOWED = "1 to 64 of letters, digits, '.', '_', '@' and '-'";

    static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");

    static final String HOST_ALLOWED = "a host name or an address";

    /// Names under which Asterisk hands calls over.
    static final Pattern APPLICATION = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    static final String APPLICATION_ALLOWED = "1 to 64 of letters, digits, '_' and '-'";

    /// Telephone numbers that may be called; the router matches them.
    static final Pattern NUMBER_PATTERN = Pattern.compile("(?=.{1,32}$)\\+?[0-9][0-9X]*\\*?");

    static final String NUMBER_PATTERN_ALLOWED =
            "1 to 32 digits, the first one given, X for any other one, with a + before or a * after them, such as +1212555XXXX";

    /// Stands in for what could not be read; never seen outside, because a fault has been told by then.
    static final String UNREAD = "unread";

    /// The same for a language; `und` is the tag for an undetermined one.
    static final String UNREAD_LANGUAGE = "und";

    private Words() {}

    /// The constants of an enum by the word that stands for each in a file.
    static <E extends Enum<E>> SortedMap<String, E> of(Class<E> type) {
        SortedMap<String, E> words = new TreeMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(word(constant), constant);
        }
        return words;
    }

    static String list(Set<? extends Enum<?>> constants) {
        return constants.stream().map(Words::word).sorted().collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
