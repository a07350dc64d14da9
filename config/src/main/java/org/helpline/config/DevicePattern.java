package org.helpline.config;

import java.util.Optional;
import java.util.regex.Pattern;

/// An entry of the allow-list for agents' devices: a SIP address in which `*` stands for any characters but `@` and
/// `:`.
record DevicePattern(String text, Pattern pattern) {
    private static final String HOST = "([A-Za-z0-9.*-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])";
    private static final Pattern ALLOWED =
            Pattern.compile("sips?:[A-Za-z0-9._~+*-]{1,64}@" + HOST + "(:([0-9]{1,5}|\\*))?");
    private static final Pattern ADDRESS = Pattern.compile(
            "sips?:[A-Za-z0-9._~+-]{1,64}@([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(:[0-9]{1,5})?");

    static Optional<DevicePattern> read(YamlValue value) {
        return value.matching(ALLOWED, "a SIP address such as sip:agent*@10.0.0.*:5060")
                .flatMap(text -> hostNamed(text)
                        ? Optional.of(new DevicePattern(text, compile(text)))
                        : value.fault("must name at least a part of the host, or any phone in the world may be called;"
                                + " but is " + Faults.quoted(text)));
    }

    /// An address to call, not yet held against the allow-list.
    static Optional<String> address(YamlValue value) {
        return value.matching(ADDRESS, "a SIP address such as sip:agent1@10.0.0.1:5060");
    }

    boolean allows(String address) {
        return pattern.matcher(address).matches();
    }

    private static boolean hostNamed(String text) {
        String host = text.substring(text.indexOf('@') + 1);
        return !host.startsWith("[") ? host.replaceFirst(":.*", "").matches(".*[A-Za-z0-9].*") : true;
    }

    private static Pattern compile(String text) {
        StringBuilder expression = new StringBuilder();
        for (String part : text.split("((?<=\\*)|(?=\\*))", -1)) {
            expression.append(part.equals("*") ? "[^@:]*" : Pattern.quote(part));
        }
        return Pattern.compile(expression.toString(), Pattern.CASE_INSENSITIVE);
    }
}
