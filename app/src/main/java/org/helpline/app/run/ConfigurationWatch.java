package org.helpline.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.helpline.config.Configuration;
import org.helpline.config.ConfigurationException;
import org.helpline.config.ConfigurationReader;
import org.helpline.gateway.UserDirectory;

/// Notices that a configuration file has changed. Not thread-safe; reads disks, so it runs off the event loops.
final class ConfigurationWatch {
    private final HelplineServer.Options options;
    private final Path data;
    private final PromptStep prepare;
    private SortedMap<Path, FileTime> seen;

    /// A configuration read anew.
    record Changed(Configuration configuration, UserDirectory directory) {}

    /// Gets the audio of a configuration ready, before any call can need it.
    @FunctionalInterface
    interface PromptStep {
        void accept(Configuration configuration) throws StartFailure;
    }

    ConfigurationWatch(HelplineServer.Options options, Configuration first, PromptStep prepare) {
        this.options = options;
        this.prepare = prepare;
        this.data = first.data();
        this.seen = times();
    }

    /// Empty when nothing has changed since the last time. Fails once for each change that cannot be read or
    /// whose prompts cannot be spoken.
    Optional<Changed> changed() throws ConfigurationException, IOException, StartFailure {
        SortedMap<Path, FileTime> now = times();
        if (now.equals(seen)) return Optional.empty();
        seen = now;
        Configuration next = ConfigurationReader.read(options.config(), options.environment());
        prepare.accept(next);
        return Optional.of(new Changed(
                next,
                new DemoPasswords(data)
                        .complete(next.users(), next.signIn().demoPassword(), DemoPasswords.Missing.WAIT)
                        .directory()));
    }

    private SortedMap<Path, FileTime> times() {
        SortedMap<Path, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(options.config(), 3)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        } catch (IOException e) {
            return times; // a file in the middle of being replaced: the next look sees it
        }
        return times;
    }
}
