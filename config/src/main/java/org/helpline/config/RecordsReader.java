package org.helpline.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.helpline.records.NumberHashes;
import org.helpline.records.sql.DatabaseAddress.PostgreSql;
import org.helpline.records.sql.Retention;

/// What the file and the environment say of the contact records.
final class RecordsReader {
    private static final String DATABASE = "HELPLINE_DATABASE_URL";
    private static final String KEY = "HELPLINE_RECORDS_KEY";

    private RecordsReader() {}

    static Retention retention(YamlSection root) {
        Retention standard = Retention.DEFAULT;
        Optional<YamlSection> found = root.optional("retention").flatMap(YamlValue::section);
        if (found.isEmpty()) return standard;
        YamlSection section = found.get();
        var retention = new Retention(
                days(section, "contacts", standard.contacts()),
                days(section, "inquiries", standard.inquiries()),
                days(section, "notes", standard.notes()),
                days(section, "number-hashes", standard.numberHashes()));
        section.end();
        return retention;
    }

    private static Duration days(YamlSection section, String key, Duration standard) {
        return section.optional(key)
                .flatMap(value -> value.days((int) Retention.LEAST.toDays(), (int) Retention.MOST.toDays()))
                .orElse(standard);
    }

    static RecordsEntry read(Retention retention, Environment environment) {
        Optional<String> key = environment.secret(KEY);
        if (key.isPresent() && key.get().length() < NumberHashes.LEAST_KEY_BYTES) {
            environment.fault(
                    KEY, "must be at least " + NumberHashes.LEAST_KEY_BYTES + " characters long; make one at random");
        }
        return new RecordsEntry(
                retention, environment.secret(DATABASE).flatMap(url -> database(url, environment)), key);
    }

    /// `postgresql://USER:PASSWORD@HOST:PORT/DATABASE?OPTIONS`, as PostgreSQL's own programs take it.
    private static Optional<PostgreSql> database(String url, Environment environment) {
        try {
            URI uri = new URI(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
            boolean postgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
            boolean named = uri.getPath() != null && uri.getPath().matches("/[^/]+");
            String options = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            boolean secretInOptions = options.matches("(?i).*[?&](user|[a-z]*password)=.*");
            if (postgres && uri.getHost() != null && named && !secretInOptions) {
                Optional<String> who = Optional.ofNullable(uri.getRawUserInfo());
                return Optional.of(new PostgreSql(
                        "jdbc:postgresql://" + uri.getHost() + ":" + (uri.getPort() < 0 ? 5432 : uri.getPort())
                                + uri.getRawPath() + options,
                        who.map(text -> decoded(text.split(":", 2)[0])),
                        who.filter(text -> text.contains(":")).map(text -> decoded(text.split(":", 2)[1]))));
            }
        } catch (URISyntaxException | IllegalArgumentException _) {
            // Told below, with what is allowed.
        }
        // The address is not shown: it carries a password.
        return environment.fault(
                DATABASE,
                "must be an address such as postgresql://USER:PASSWORD@127.0.0.1:5432/DATABASE, with user and"
                        + " password before the host and nowhere else");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
