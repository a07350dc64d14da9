package org.helpline.records.fold;

/// A telephone number as records keep it: a keyed hash, the same for each call from the same number, from
/// which nobody gets the number back without the key.
///
/// @param hex 64 hexadecimal digits
public record NumberHash(String hex) {
    private static final int DIGITS = 64;

    public NumberHash {
        if (hex.length() != DIGITS || !hex.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0)) {
            throw new IllegalArgumentException(
                    "a number's hash is 64 hexadecimal digits, not " + hex.length() + " characters of something else");
        }
    }
}
