package org.helpline.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The scripts that run inside the server, each a file beside this class with a legend of its keys and arguments.
enum Script {
    OPEN("open"),
    APPEND("append"),
    TRIM("trim"),
    RESTART("restart"),
    CUT("cut"),
    LEASE_TAKE("lease-take"),
    LEASE_RENEW("lease-renew"),
    LEASE_RELEASE("lease-release"),
    SNAPSHOT_CHUNK("snapshot-chunk"),
    SNAPSHOT_PUBLISH("snapshot-publish"),
    CALLER_ARRIVED("caller-arrived"),
    CALLER_REMEMBER("caller-remember");

    private final String text;
    private final String sha;

    Script(String file) {
        text = withIncludes(resource(file + ".lua"));
        sha = sha1(text);
    }

    String text() {
        return text;
    }

    /// The name under which a server that has run the script before knows it.
    String sha() {
        return sha;
    }

    private static String withIncludes(String script) {
        return Pattern.compile("(?m)^-- include (\\S+)$")
                .matcher(script)
                .replaceAll(found -> Matcher.quoteReplacement(resource(found.group(1))));
    }

    private static String resource(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("not in this build: " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Redis' choice, as a name and not as a protection.
    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
