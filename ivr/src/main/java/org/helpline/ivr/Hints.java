package org.helpline.ivr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.Prompt;
import org.helpline.ivr.CallFlow.SpokenLanguage;

/// What a caller hears who chose a language last time, and none yet this time.
///
/// Somebody else may call from that number, so the hint is nothing but a better order: its language comes
/// first, the others are still heard, and it counts only when its key is pressed.
final class Hints {
    private Hints() {}

    /// A round that failed has shown that the hint does not help: the menu is heard as it is from then on.
    static List<Prompt> firstWords(FlowTurnDraft turn, Node.Menu menu) {
        Optional<SpokenLanguage> hint = turn.state().hint().filter(language -> offers(menu, language));
        if (hint.isEmpty() || menu.hinted().isEmpty() || turn.state().attempts() > 0) return menu.prompts();
        List<Prompt> words = new ArrayList<>();
        for (Prompt prompt : menu.hinted())
            words.add(new Prompt(prompt.key(), prompt.language().or(() -> hint)));
        for (Prompt prompt : menu.prompts()) {
            if (!prompt.language().orElse(turn.language()).equals(hint.get())) words.add(prompt);
        }
        return words;
    }

    private static boolean offers(Node.Menu menu, SpokenLanguage language) {
        return menu.choices().stream()
                .anyMatch(choice -> choice.language().filter(language::equals).isPresent());
    }

    static List<Prompt> lastWords(FlowTurnDraft turn, Node.HangUp hangUp) {
        Optional<SpokenLanguage> hint = turn.state().hint();
        List<Prompt> understood = hangUp.prompts().stream()
                .filter(prompt ->
                        prompt.language().isPresent() && prompt.language().equals(hint))
                .toList();
        return understood.isEmpty() ? hangUp.prompts() : understood;
    }
}
