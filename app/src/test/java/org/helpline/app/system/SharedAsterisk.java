package org.helpline.app.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.helpline.telephony.asterisk.AsteriskInstance;
import org.helpline.telephony.asterisk.AsteriskTrunk;
import org.junit.jupiter.api.extension.ExtensionContext;

/// One Asterisk for all system tests of a run, and the prompts of all their Helplines: they are spoken once, and
/// Asterisk finds them there.
///
/// It differs from the shipped configuration in two numbers, so that tests need not wait: a party that vanished is
/// noticed after 5 s without media instead of a minute, and who stays on the line while Helpline takes no calls is
/// tried for 10 s more instead of 5 minutes.
final class SharedAsterisk implements AutoCloseable {
    private static final Set<String> FOR_HELPLINE =
            Set.of("HELPLINE_ASTERISK_URL", "HELPLINE_ASTERISK_USER", "HELPLINE_ASTERISK_PASSWORD");

    private static final Set<String> TO_WATCH =
            Set.of("HELPLINE_ASTERISK_AMI_URL", "HELPLINE_ASTERISK_AMI_USER", "HELPLINE_ASTERISK_AMI_PASSWORD");

    private final Path data;
    private final Path site;
    private final AsteriskTrunk trunk = new AsteriskTrunk();
    private final AsteriskInstance asterisk;

    private SharedAsterisk() {
        try {
            data = Files.createTempDirectory("helpline-data");
            site = Files.createTempDirectory("helpline-site");
            String pjsip = Files.readString(root().resolve("docker/asterisk/pjsip.conf"));
            Files.writeString(
                    site.resolve("pjsip.conf"), ConfigFolder.replaced(pjsip, "rtp_timeout=60", "rtp_timeout=5"));
            trunk.configure(site);
            Files.writeString(
                    site.resolve("extensions_site.conf"), "HELPLINE_STAY_ATTEMPTS=2\n", StandardOpenOption.APPEND);
            asterisk = AsteriskInstance.start(data.resolve("prompts"), "--site", site.toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static SharedAsterisk of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedAsterisk.class))
                .getOrComputeIfAbsent(SharedAsterisk.class, _ -> new SharedAsterisk(), SharedAsterisk.class);
    }

    /// One that no other test uses.
    static SharedAsterisk another() {
        return new SharedAsterisk();
    }

    static Path root() {
        return Path.of(System.getProperty("helpline.root")).toAbsolutePath();
    }

    /// The telephone company that takes transfers to outside numbers.
    AsteriskTrunk trunk() {
        return trunk;
    }

    /// A folder for what one Helpline keeps, with the prompts of all.
    Path dataOfOneHelpline() {
        try {
            Path folder = Files.createTempDirectory("helpline-one");
            Files.createDirectories(data.resolve("prompts"));
            Files.createSymbolicLink(folder.resolve("prompts"), data.resolve("prompts"));
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    AsteriskInstance instance() {
        return asterisk;
    }

    InetSocketAddress sip() {
        return asterisk.sip();
    }

    /// What Helpline must know to use it.
    Map<String, String> environment() {
        return environment(FOR_HELPLINE);
    }

    /// What Helpline must know besides to watch its phones.
    Map<String, String> watchEnvironment() {
        return environment(TO_WATCH);
    }

    private Map<String, String> environment(Set<String> names) {
        return new TreeMap<>(asterisk.environment().entrySet().stream()
                .filter(variable -> names.contains(variable.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public void close() {
        asterisk.close();
        trunk.close();
        ConfigFolder.delete(data);
        ConfigFolder.delete(site);
    }
}
