package org.helpline.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.helpline.config.UserEntry;
import org.helpline.gateway.PasswordHash;
import org.helpline.gateway.UserDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives the users of a demo, who have no password in any file, one each: made at the first start, shown once, and kept
/// as hashes only.
final class DemoPasswords {
    private static final Logger log = LoggerFactory.getLogger(DemoPasswords.class);

    /// Without characters that are easily taken for another.
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int LENGTH = 14;

    private final Path file;
    private final SecureRandom random = new SecureRandom();

    /// @param directory everyone who may sign in
    /// @param shown passwords made just now, by user; to be printed once
    record Result(UserDirectory directory, SortedMap<String, String> shown) {}

    DemoPasswords(Path data) {
        this.file = data.resolve("demo-users");
    }

    /// What becomes of a user who has no password yet.
    enum Missing {
        /// Gets one, which is shown.
        MAKE,
        /// Everyone gets a new one, the old ones are forgotten.
        MAKE_ANEW,
        /// At a reload nobody reads what is printed: the user cannot sign in until the next start.
        WAIT
    }

    /// @param given one password for all of them, when the operator has set it
    Result complete(List<UserEntry> users, Optional<String> given, Missing missing) throws IOException {
        SortedMap<String, String> shown = new TreeMap<>();
        SortedMap<String, String> hashes = given.isPresent() || missing == Missing.MAKE_ANEW ? new TreeMap<>() : kept();
        Optional<String> common =
                given.map(password -> PasswordHash.make(password, random).written());
        List<UserDirectory.User> complete = new ArrayList<>();
        boolean made = false;
        for (UserEntry user : users) {
            String hash;
            if (user.passwordHash().isPresent()) {
                hash = user.passwordHash().get();
            } else if (common.isPresent()) {
                hash = common.get();
            } else if (hashes.containsKey(user.name())) {
                hash = hashes.get(user.name());
            } else if (missing == Missing.WAIT) {
                log.warn("{} has no password yet: the next start makes one and shows it", user.name());
                continue;
            } else {
                String password = password();
                shown.put(user.name(), password);
                hash = PasswordHash.make(password, random).written();
                hashes.put(user.name(), hash);
                made = true;
            }
            complete.add(new UserDirectory.User(user.name(), hash, user.roles(), user.agent(), user.disabled()));
        }
        if (made) keep(hashes);
        return new Result(new UserDirectory(complete), Collections.unmodifiableSortedMap(shown));
    }

    private SortedMap<String, String> kept() throws IOException {
        if (!Files.exists(file)) return new TreeMap<>();
        return Files.readAllLines(file).stream()
                .map(line -> line.split(" ", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, _) -> a, TreeMap::new));
    }

    private void keep(Map<String, String> hashes) throws IOException {
        StringBuilder text = new StringBuilder();
        hashes.forEach(
                (user, hash) -> text.append(user).append(' ').append(hash).append('\n'));
        Secrets.writePrivately(file, text.toString());
    }

    private String password() {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        return password.toString();
    }
}
