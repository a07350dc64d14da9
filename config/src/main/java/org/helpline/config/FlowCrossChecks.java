package org.helpline.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.helpline.config.HelplineFile.FlowFile;
import org.helpline.ivr.FlowChecks;
import org.helpline.ivr.FlowEffect.PlayItem;

/// Checks a flow as a whole and that every prompt it can ever speak is there in every language it can speak it in: a
/// missing one must be found here, never by a caller who hears nothing.
final class FlowCrossChecks {
    /// Played by the switch itself when no controller is connected.
    private static final String UNAVAILABLE = "unavailable";

    private final List<PromptsFile> prompts;
    private final Set<String> unreadLanguages;
    private final Faults faults;
    private final Set<String> languagesWithoutFile = new TreeSet<>();
    private final SortedMap<String, Set<String>> lacking = new TreeMap<>();

    /// @param unreadLanguages languages whose file is there but cannot be read
    FlowCrossChecks(List<PromptsFile> prompts, Set<String> unreadLanguages, Faults faults) {
        this.prompts = prompts;
        this.unreadLanguages = unreadLanguages;
        this.faults = faults;
    }

    void run(List<HelplineFile> helplines) {
        helplines.stream().flatMap(helpline -> helpline.flow().stream()).forEach(this::check);
        for (PromptsFile file : prompts) {
            Set<String> keys = lacking.getOrDefault(file.prompts().tag(), Set.of());
            if (!keys.isEmpty()) {
                faults.add(file.texts(), "every language of a flow needs these too: " + String.join(", ", keys));
            }
        }
    }

    private void check(FlowFile file) {
        FlowPlaces places = file.places();
        if (places.isStandIn("nodes")) return;
        for (FlowChecks.Fault fault : FlowChecks.check(file.flow())) {
            if (meansSomething(fault.path(), places)) faults.add(places.of(fault.path()), fault.message());
        }
        for (PlayItem item : FlowChecks.promptsNeeded(file.flow())) {
            spoken(item.language().tag(), item.prompt(), places);
        }
        // No node names it: it is what a caller is told when nothing of ours answers.
        spoken(file.flow().defaultLanguage().tag(), UNAVAILABLE, places);
    }

    /// Whether a node is reached, or leads anywhere, cannot be told while parts of the flow are unread.
    private static boolean meansSomething(String path, FlowPlaces places) {
        boolean ofWholeNode = path.matches("nodes\\.[^.]*");
        return !places.isStandIn(path) && !(ofWholeNode && places.hasStandIns());
    }

    private void spoken(String language, String key, FlowPlaces places) {
        if (language.equals(Words.UNREAD_LANGUAGE) || unreadLanguages.contains(language)) return;
        Optional<PromptsFile> file = prompts.stream()
                .filter(candidate -> candidate.prompts().tag().equals(language))
                .findFirst();
        if (file.isEmpty()) {
            if (languagesWithoutFile.add(language)) {
                faults.add(
                        places.ofLanguage(language),
                        "'" + language + "' is spoken by this flow, but prompts/" + language + ".yaml is not there");
            }
            return;
        }
        Set<String> known = file.get().prompts().texts().keySet();
        if (known.contains(key)) return;
        Optional<Place> place = places.ofPrompt(key, language);
        if (place.isEmpty()) {
            lacking.computeIfAbsent(language, _ -> new LinkedHashSet<>()).add(key);
            return;
        }
        String meant = YamlSection.didYouMean(key, known)
                .map(word -> "; did you mean '" + word + "'?")
                .orElse("");
        faults.add(
                place.get(),
                "'" + key + "' has no text in " + file.get().texts().file() + ", but can be spoken in that language"
                        + meant);
    }
}
