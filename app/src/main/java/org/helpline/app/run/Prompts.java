package org.helpline.app.run;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.helpline.config.Configuration;
import org.helpline.telephony.CallCommand;
import org.helpline.telephony.prompts.PromptException;
import org.helpline.telephony.prompts.PromptLibrary;
import org.helpline.telephony.prompts.SpokenLanguage;

/// Makes the prompt audio of a configuration, telling how far it is.
final class Prompts {
    private static final int AT_ONCE = 2;
    private static final Duration TELL_EVERY = Duration.ofSeconds(1);

    private final HelplineServer.Options options;
    private final PrintWriter out;
    private final AtomicReference<PromptLibrary> library = new AtomicReference<>();

    private Instant toldAt = Instant.now();

    Prompts(HelplineServer.Options options, PrintWriter out) {
        this.options = options;
        this.out = out;
    }

    /// Makes what is missing, then answers from this configuration. Blocks; not for an event loop.
    void prepare(Configuration configuration) throws StartFailure {
        List<SpokenLanguage> languages = configuration.prompts().languages().values().stream()
                .map(language -> new SpokenLanguage(language.tag(), language.voice(), language.texts()))
                .toList();
        Path audio = configuration.data().resolve("prompts");
        String espeak = options.environment().getOrDefault("HELPLINE_ESPEAK", "espeak-ng");
        PromptLibrary next = new PromptLibrary(languages, configuration.recordings(), audio, List.of(espeak), AT_ONCE);
        try {
            next.prepare(this::tell);
        } catch (PromptException e) {
            throw new StartFailure(e.getMessage(), e);
        }
        library.set(next);
    }

    /// Path of the audio, without its extension. Thread-safe.
    String resolve(CallCommand.PromptRef prompt) {
        return library.get().resolve(prompt.language(), prompt.key()).toString();
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
