package org.helpline.ivr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedSet;
import org.helpline.ivr.CallFlow.Choice;
import org.helpline.ivr.CallFlow.Limits;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.Prompt;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.helpline.ivr.FlowEffect.PlayItem;

/// What can be told of a flow before the first call: every fault at once.
public final class FlowChecks {
    private static final String KEYS = "0123456789*#";
    private static final int MOST_PROMPTS = 50;

    private final CallFlow flow;
    private final List<Fault> faults = new ArrayList<>();

    private FlowChecks(CallFlow flow) {
        this.flow = flow;
    }

    /// @param path where in the flow, such as `nodes.need.choices[2].next`
    /// @param message what is wrong, the value found, what is allowed
    public record Fault(String path, String message) {
        @Override
        public String toString() {
            return path + ": " + message;
        }
    }

    /// @return all that is wrong, in the order of the flow; none means that every call in it ends
    public static List<Fault> check(CallFlow flow) {
        FlowChecks checks = new FlowChecks(flow);
        checks.head();
        flow.nodes().forEach((name, node) -> checks.node("nodes." + name, node));
        checks.ways();
        return List.copyOf(checks.faults);
    }

    /// Every prompt this flow can ever speak, in each language a caller can have chosen by then; the place in line
    /// included, [PositionPrompts]. A call never falls silent when all of these are there.
    public static SequencedSet<PlayItem> promptsNeeded(CallFlow flow) {
        return new FlowGraph(flow).spoken();
    }

    private void fault(String path, String message) {
        faults.add(new Fault(path, message));
    }

    private void head() {
        Limits limits = flow.limits();
        text("name", flow.name());
        if (!flow.nodes().containsKey(flow.start())) fault("start", unknown(flow.start()));
        flow.limited().ifPresent(this::limited);
        language("defaultLanguage", flow.defaultLanguage());
        range("limits.keyPresses", limits.keyPresses(), 10, 1000);
        range("limits.menuTime", limits.menuTime(), Duration.ofMinutes(1), Duration.ofMinutes(30));
    }

    private void limited(String name) {
        Node node = flow.nodes().get(name);
        if (node == null) fault("limited", unknown(name));
        else if (!(node instanceof Node.HangUp)) {
            fault("limited", "is '" + name + "', which does not hang up; a call that is one too many must end there");
        }
    }

    // ---- one node

    private void node(String path, Node node) {
        for (FlowGraph.Edge edge : FlowGraph.edges(node)) {
            if (!flow.nodes().containsKey(edge.to())) fault(path + "." + edge.field(), unknown(edge.to()));
        }
        switch (node) {
            case Node.Say say -> somePrompts(path + ".prompts", say.prompts());
            case Node.Menu menu -> menu(path, menu);
            case Node.Hours hours -> hours(path + ".hours", hours.hours());
            case Node.Queue queue -> {
                text(path + ".queue", queue.queue());
                prompts(path + ".welcome", queue.welcome());
                range(path + ".announceEvery", queue.announceEvery(), Duration.ofSeconds(10), Duration.ofMinutes(10));
                prompts(path + ".comfort", queue.comfort());
            }
            case Node.HangUp hangUp -> prompts(path + ".prompts", hangUp.prompts());
        }
    }

    private void menu(String path, Node.Menu menu) {
        somePrompts(path + ".prompts", menu.prompts());
        prompts(path + ".hinted", menu.hinted());
        if (!menu.hinted().isEmpty()
                && menu.choices().stream().allMatch(choice -> choice.language().isEmpty())) {
            fault(path + ".hinted", "is never heard; a menu with it needs a choice with a language");
        }
        if (menu.choices().isEmpty()) fault(path + ".choices", "is empty; a menu needs at least one choice");
        Set<Character> taken = new HashSet<>();
        for (int i = 0; i < menu.choices().size(); i++) {
            Choice choice = menu.choices().get(i);
            String at = path + ".choices[" + i + "]";
            if (KEYS.indexOf(choice.key()) < 0) {
                fault(at + ".key", "is '" + choice.key() + "'; allowed is one of " + KEYS);
            } else if (!taken.add(choice.key())) {
                fault(at + ".key", "is '" + choice.key() + "', which an earlier choice has; keys must differ");
            }
            choice.language().ifPresent(language -> language(at + ".language", language));
            choice.need().ifPresent(need -> text(at + ".need", need));
        }
        range(path + ".patience", menu.patience(), Duration.ofSeconds(1), Duration.ofSeconds(60));
        range(path + ".attempts", menu.attempts(), 1, 5);
        prompts(path + ".wrongKey", menu.wrongKey());
        prompts(path + ".silence", menu.silence());
    }

    private void hours(String path, OpeningHours hours) {
        hours.week().forEach((day, spans) -> {
            for (int i = 0; i < spans.size(); i++) {
                OpeningHours.Span span = spans.get(i);
                if (span.isEmpty()) {
                    fault(
                            path + ".week." + day.name().toLowerCase(Locale.ROOT) + "[" + i + "]",
                            "is " + span.from() + " to " + span.to() + "; the end must be after the start, or 00:00"
                                    + " for the end of the day (a night is two spans)");
                }
            }
        });
    }

    private void somePrompts(String path, List<Prompt> prompts) {
        if (prompts.isEmpty()) fault(path, "is empty; the caller would hear silence");
        prompts(path, prompts);
    }

    private void prompts(String path, List<Prompt> prompts) {
        if (prompts.size() > MOST_PROMPTS) fault(path, "holds " + prompts.size() + "; allowed are " + MOST_PROMPTS);
        for (int i = 0; i < prompts.size(); i++) {
            String at = path + "[" + i + "]";
            text(at + ".key", prompts.get(i).key());
            prompts.get(i).language().ifPresent(language -> language(at + ".language", language));
        }
    }

    // ---- the flow as a whole

    private void ways() {
        FlowGraph graph = new FlowGraph(flow);
        // From a start that is no node nothing is reached, which has been told already.
        boolean startKnown = flow.nodes().containsKey(flow.start());
        SortedSet<String> reachable = graph.reachable();
        SortedSet<String> ending = graph.ending();
        SortedSet<String> silent = graph.silentRounds();
        SortedSet<String> keyless = graph.roundsWithoutKeys();
        for (String name : flow.nodes().keySet()) {
            String path = "nodes." + name;
            if (startKnown && !reachable.contains(name))
                fault(path, "is never reached from start '" + flow.start() + "'");
            if (!ending.contains(name)) fault(path, "leads to no queue and no hang-up");
            if (silent.contains(name)) {
                fault(path, "comes back to itself without a prompt or a menu on the way, through " + silent);
            } else if (keyless.contains(name)) {
                fault(
                        path,
                        "is come back to again and again by a caller who presses no key, through " + keyless
                                + "; such a caller must reach a queue or a hang-up");
            }
        }
    }

    // ---- values

    private String unknown(String name) {
        return "is '" + name + "', which is no node; nodes are " + flow.nodes().keySet();
    }

    private void text(String path, String value) {
        if (value.isBlank()) fault(path, "is blank");
    }

    private void language(String path, SpokenLanguage language) {
        try {
            new Locale.Builder().setLanguageTag(language.tag());
        } catch (IllformedLocaleException e) {
            fault(path, "is '" + language.tag() + "'; allowed is a BCP 47 tag such as en, es or zh-Hant");
        }
    }

    private void range(String path, int value, int least, int most) {
        if (value < least || value > most) fault(path, "is " + value + "; allowed are " + least + " to " + most);
    }

    private void range(String path, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            fault(path, "is " + seconds(value) + " s; allowed are " + seconds(least) + " to " + seconds(most) + " s");
        }
    }

    private static String seconds(Duration value) {
        return value.toMillis() % 1000 == 0
                ? Long.toString(value.toSeconds())
                : Double.toString(value.toMillis() / 1e3);
    }
}
