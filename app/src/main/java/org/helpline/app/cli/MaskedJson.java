package org.helpline.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Hides telephone numbers in JSON, except for their last two digits: enough to tell two callers apart.
final class MaskedJson {
    /// A whole text that may be dialled, extensions included.
    private static final Pattern DIALLED = Pattern.compile("(?:sips?:|tel:)?\\+?[0-9*#]{3,}(?:@.*)?");
    /// Anything in a text that is as long as a number, with what people write between digits.
    private static final Pattern NUMBER = Pattern.compile("\\+?\\d(?:[ ().-]{0,2}\\d){6,}");

    private static final Pattern DIGITS = Pattern.compile("\\d");
    private static final int SHOWN = 2;

    private MaskedJson() {}

    static JsonNode of(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode masked = object.objectNode();
                for (Map.Entry<String, JsonNode> field : object.properties()) {
                    masked.set(field.getKey(), of(field.getValue()));
                }
                yield masked;
            }
            case ArrayNode array -> {
                ArrayNode masked = array.arrayNode();
                array.forEach(each -> masked.add(of(each)));
                yield masked;
            }
            case TextNode text -> new TextNode(masked(text.textValue()));
            default -> node;
        };
    }

    static String masked(String text) {
        if (isTime(text)) return text;
        if (DIALLED.matcher(text).matches()) return hidden(text);
        return NUMBER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(hidden(found.group())));
    }

    /// Digits of a host behind an `@` are no number.
    private static String hidden(String number) {
        int at = number.indexOf('@') < 0 ? number.length() : number.indexOf('@');
        String digits = number.substring(0, at);
        long shownFrom = DIGITS.matcher(digits).results().count() - SHOWN;
        StringBuilder masked = new StringBuilder();
        int seen = 0;
        for (int i = 0; i < digits.length(); i++) {
            char each = digits.charAt(i);
            boolean isDigit = each >= '0' && each <= '9';
            masked.append(isDigit && seen++ < shownFrom ? '*' : each);
        }
        return masked.append(number.substring(at)).toString();
    }

    private static boolean isTime(String text) {
        if (text.length() < "2026-01-01T00:00:00Z".length() || text.charAt(4) != '-') return false;
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }
}
