package org.helpline.router;

/// A pattern of telephone numbers: digits stand for themselves, `X` for any one digit, and `*` at the end for
/// any further digits, none included. It begins with a digit, so that no pattern lets through every number. A
/// leading `+` must be in both pattern and number, or in neither.
public final class NumberPattern {
    private static final int LONGEST = 32;

    private NumberPattern() {}

    static void check(String pattern) {
        if (pattern == null || pattern.length() > LONGEST || !pattern.matches("\\+?[0-9][0-9X]*\\*?")) {
            throw new IllegalArgumentException(
                    "a pattern of transfer numbers must be digits, then X for any digit, with an"
                            + " optional leading + and an optional * at the end, at most " + LONGEST
                            + " characters, but is '"
                            + pattern + "'");
        }
    }

    public static boolean matches(String pattern, String number) {
        boolean open = pattern.endsWith("*");
        int fixed = open ? pattern.length() - 1 : pattern.length();
        if (number.length() < fixed || number.length() > LONGEST || (!open && number.length() > fixed)) return false;
        for (int i = 0; i < number.length(); i++) {
            char wanted = i < fixed ? pattern.charAt(i) : 'X';
            char found = number.charAt(i);
            boolean fits = wanted == 'X' ? found >= '0' && found <= '9' : wanted == found;
            if (!fits) return false;
        }
        return true;
    }
}
