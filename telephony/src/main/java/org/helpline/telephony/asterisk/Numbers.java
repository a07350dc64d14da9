package org.helpline.telephony.asterisk;

import java.util.Locale;
import java.util.Optional;

/// Telephone numbers as they come from outside.
final class Numbers {
    private static final int MAX_LENGTH = 64;
    private static final String ALLOWED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+*#._-";

    private Numbers() {}

    /// Only characters that a number or a user name can have; the rest is dropped.
    static String filtered(String raw) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < raw.length() && kept.length() < MAX_LENGTH; i++) {
            char c = raw.charAt(i);
            if (ALLOWED.indexOf(c) >= 0) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    /// @param presentation as Asterisk writes it in `CALLERID(num-pres)`: `allowed...`, `prohib...` or
    /// `unavailable`
    static Optional<String> shown(String raw, String presentation) {
        String number = filtered(raw);
        boolean withheld = presentation.startsWith("prohib")
                || presentation.equals("unavailable")
                || number.isEmpty()
                || switch (number.toLowerCase(Locale.ROOT)) {
                    case "anonymous", "unavailable", "unknown", "restricted", "withheld", "private" -> true;
                    default -> false;
                };
        return withheld ? Optional.empty() : Optional.of(number);
    }

    /// For logs.
    static String masked(String number) {
        return number.length() <= 4 ? "****" : "****" + number.substring(number.length() - 2);
    }
}
