package org.helpline.telephony;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a browser needs to be a phone.
///
/// @param endpoint name of the account at the carrier, `web-OWNER-` and eight random letters and digits
/// @param user to register as
/// @param domain of its SIP address
/// @param address where it is called, in the carrier's notation
public record PhoneAccount(String endpoint, String user, String password, String domain, String address) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LONGEST_OWNER = 32;
    private static final int RANDOM_LETTERS = 8;
    private static final int PASSWORD_BYTES = 24;
    private static final Pattern ENDPOINT = Pattern.compile("web-[a-z0-9_.-]{1," + LONGEST_OWNER + "}-[a-z0-9]{8}");

    /// A name that no account has.
    public static String newEndpoint(String owner) {
        StringBuilder name = new StringBuilder(prefix(owner));
        RANDOM.ints(RANDOM_LETTERS, 0, LETTERS.length()).forEach(i -> name.append(LETTERS.charAt(i)));
        return name.toString();
    }

    public static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Whether the name is one that [#newEndpoint] could have made for this owner.
    public static boolean isEndpointOf(String owner, String endpoint) {
        return isEndpoint(endpoint)
                && endpoint.startsWith(prefix(owner))
                && endpoint.length() == prefix(owner).length() + RANDOM_LETTERS;
    }

    public static boolean isEndpoint(String endpoint) {
        return ENDPOINT.matcher(endpoint).matches();
    }

    private static String prefix(String owner) {
        String readable = owner.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]", "_");
        return "web-" + readable.substring(0, Math.min(readable.length(), LONGEST_OWNER)) + "-";
    }

    @Override
    public String toString() {
        return "PhoneAccount[" + endpoint + ", password=[REDACTED]]";
    }
}
