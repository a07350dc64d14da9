package org.helpline.app.run;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.helpline.config.Configuration;
import org.helpline.telephony.prompts.PromptException;
import org.helpline.telephony.prompts.PromptLibrary;
import org.helpline.telephony.prompts.SpokenLanguage;

/// Makes the prompt audio of a configuration, telling how far it is.
final class Prompts {
    private static final int AT_ONCE = 2;
    private static final Duration TELL_EVERY = Duration.ofSeconds(1);

    private final HelplineServer.Options options;
    private final Configuration configuration;
    private final PrintWriter out;

    private Instant toldAt = Instant.now();

    Prompts(HelplineServer.Options options, Configuration configuration, PrintWriter out) {
        this.options = options;
        this.configuration = configuration;
        this.out = out;
    }

    PromptLibrary prepared() throws StartFailure {
        List<SpokenLanguage> languages = configuration.prompts().languages().values().stream()
                .map(language -> new SpokenLanguage(language.tag(), language.voice(), language.texts()))
                .toList();
        Path audio = configuration.data().resolve("prompts");
        String espeak = options.environment().getOrDefault("HELPLINE_ESPEAK", "espeak-ng");
        PromptLibrary library =
                new PromptLibrary(languages, configuration.recordings(), audio, List.of(espeak), AT_ONCE);
        try {
            library.prepare(this::tell);
        } catch (PromptException e) {
            throw new StartFailure(e.getMessage(), e);
        }
        return library;
    }

    /// Nothing is told when nothing has to be made: that takes less than a second.
    private void tell(PromptLibrary.Progress progress) {
        Instant now = Instant.now();
        if (Duration.between(toldAt, now).compareTo(TELL_EVERY) < 0) return;
        toldAt = now;
        out.println("prompts: " + progress.done() + " of " + progress.total() + " (" + progress.latest() + ")");
        out.flush();
    }
}
