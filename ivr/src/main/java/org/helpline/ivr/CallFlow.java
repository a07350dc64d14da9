package org.helpline.ivr;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A call flow: named nodes and where a call starts. Immutable; [FlowChecks] tells what is wrong with one.
///
/// @param name of the flow, as in its file
/// @param start name of the first node
/// @param defaultLanguage spoken until the caller has chosen
/// @param nodes by name
/// @param limits bounds that hold over the whole call
/// @param limited name of the last node of a call that is one too many; empty: it is hung up without a word
public record CallFlow(
        String name,
        String start,
        SpokenLanguage defaultLanguage,
        SortedMap<String, Node> nodes,
        Limits limits,
        Optional<String> limited) {
    public CallFlow {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    }

    /// One without a word for calls that are too many.
    public CallFlow(
            String name, String start, SpokenLanguage defaultLanguage, SortedMap<String, Node> nodes, Limits limits) {
        this(name, start, defaultLanguage, nodes, limits, Optional.empty());
    }

    /// A spoken language, as a BCP 47 tag.
    public record SpokenLanguage(String tag) {
        @Override
        public String toString() {
            return tag;
        }
    }

    /// A prompt to play.
    ///
    /// @param key of the prompt, such as `greeting`
    /// @param language the language it is spoken in; empty: the language of the call at that moment
    public record Prompt(String key, Optional<SpokenLanguage> language) {}

    /// Bounds over one call.
    ///
    /// @param keyPresses keys taken before further ones are ignored, 10 to 1000
    /// @param menuTime longest time from answer to queue or hang-up, 1 min to 30 min; then the caller is led
    /// out by the `otherwise` of the current menu and passes over further ones
    public record Limits(int keyPresses, Duration menuTime) {
        public static final Limits DEFAULT = new Limits(100, Duration.ofMinutes(10));
    }

    public sealed interface Node {
        /// Plays and goes on.
        ///
        /// @param bargeIn a key ends the prompt and is given to the next node when that is a menu
        record Say(List<Prompt> prompts, boolean bargeIn, String next) implements Node {
            public Say {
                prompts = List.copyOf(prompts);
            }
        }

        /// Plays, takes one key, goes on. Keys are heard while the prompt plays (barge-in).
        ///
        /// @param hinted played first, in the language that the caller chose last time, when a choice here
        /// is that language; then comes what `prompts` say in other ones. The keys mean what they always
        /// mean
        /// @param choices what each key does; keys unique, of `0-9*#`
        /// @param patience silence after the prompt until it counts as no input, 1 s to 60 s
        /// @param attempts rounds (prompt, then no or a wrong key) before `otherwise`, 1 to 5
        /// @param wrongKey played before the menu repeats after a key that has no choice
        /// @param silence played before the menu repeats when no key came
        /// @param otherwise where to go after the last attempt
        record Menu(
                List<Prompt> prompts,
                List<Prompt> hinted,
                List<Choice> choices,
                Duration patience,
                int attempts,
                List<Prompt> wrongKey,
                List<Prompt> silence,
                String otherwise)
                implements Node {
            public Menu {
                prompts = List.copyOf(prompts);
                hinted = List.copyOf(hinted);
                choices = List.copyOf(choices);
                wrongKey = List.copyOf(wrongKey);
                silence = List.copyOf(silence);
            }

            /// One that is the same for everybody.
            public Menu(
                    List<Prompt> prompts,
                    List<Choice> choices,
                    Duration patience,
                    int attempts,
                    List<Prompt> wrongKey,
                    List<Prompt> silence,
                    String otherwise) {
                this(prompts, List.of(), choices, patience, attempts, wrongKey, silence, otherwise);
            }
        }

        /// Branches by the clock.
        record Hours(OpeningHours hours, String open, String closed) implements Node {}

        /// Waits for an agent: music, and the place in line now and then.
        ///
        /// @param queue id of the queue
        /// @param welcome played on entry, before music, and when an agent has passed the call on
        /// @param announceEvery time between two announcements of the place, 10 s to 10 min
        /// @param comfort played when the agent was lost or the call is on its way back to its place
        /// @param refused where to go when the queue takes no more
        record Queue(String queue, List<Prompt> welcome, Duration announceEvery, List<Prompt> comfort, String refused)
                implements Node {
            public Queue {
                welcome = List.copyOf(welcome);
                comfort = List.copyOf(comfort);
            }
        }

        /// Plays and hangs up. A caller who has chosen no language, but chose one last time, hears only
        /// what is fixed to that one, if anything is.
        record HangUp(List<Prompt> prompts) implements Node {
            public HangUp {
                prompts = List.copyOf(prompts);
            }
        }
    }

    /// What a key does in a menu.
    ///
    /// @param key one of `0-9*#`
    /// @param language the caller speaks this language from now on
    /// @param need what the caller wants, carried to the agent
    /// @param next the node to go to; empty: the menu is played again (a repeat key), which costs no attempt but
    /// counts against the limit on key presses
    public record Choice(char key, Optional<SpokenLanguage> language, Optional<String> need, Optional<String> next) {}
}
