package org.helpline.ivr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.helpline.ivr.CallFlow.Choice;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.Prompt;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.helpline.ivr.FlowEffect.PlayItem;

/// Where a flow can go, followed along its edges. Names without a node are no part of it.
final class FlowGraph {
    private final CallFlow flow;

    FlowGraph(CallFlow flow) {
        this.flow = flow;
    }

    /// A way out of a node.
    ///
    /// @param field of the node that names it, such as `choices[2].next`
    /// @param language that is spoken from there on, where this way changes it
    record Edge(String field, String to, Optional<SpokenLanguage> language) {
        private Edge(String field, String to) {
            this(field, to, Optional.empty());
        }
    }

    static List<Edge> edges(Node node) {
        return switch (node) {
            case Node.Say say -> List.of(new Edge("next", say.next()));
            case Node.Hours hours -> List.of(new Edge("open", hours.open()), new Edge("closed", hours.closed()));
            case Node.Queue queue -> List.of(new Edge("refused", queue.refused()));
            case Node.HangUp _ -> List.of();
            case Node.Menu menu -> {
                List<Edge> edges = new ArrayList<>();
                for (int i = 0; i < menu.choices().size(); i++) {
                    String field = "choices[" + i + "].next";
                    Choice choice = menu.choices().get(i);
                    choice.next().ifPresent(next -> edges.add(new Edge(field, next, choice.language())));
                }
                edges.add(new Edge("otherwise", menu.otherwise()));
                yield edges;
            }
        };
    }

    SortedSet<String> reachable() {
        return closure(starts(), name -> targets(flow.nodes().get(name)));
    }

    /// Where calls begin: those that are taken, and those that are too many.
    private List<String> starts() {
        return flow.limited().map(last -> List.of(flow.start(), last)).orElse(List.of(flow.start()));
    }

    /// Nodes from which some way ends at a queue or a hang-up.
    SortedSet<String> ending() {
        TreeMap<String, List<String>> into = new TreeMap<>();
        List<String> ends = new ArrayList<>();
        flow.nodes().forEach((name, node) -> {
            if (node instanceof Node.Queue || node instanceof Node.HangUp) ends.add(name);
            targets(node)
                    .forEach(to ->
                            into.computeIfAbsent(to, _ -> new ArrayList<>()).add(name));
        });
        return closure(ends, name -> into.getOrDefault(name, List.of()));
    }

    /// Nodes that a caller who presses no key could pass again and again before the queue.
    SortedSet<String> roundsWithoutKeys() {
        return rounds(this::targetsWithoutKeys);
    }

    private List<String> targetsWithoutKeys(String name) {
        return switch (flow.nodes().get(name)) {
            case Node.Say say -> targets(say);
            case Node.Menu menu -> List.of(menu.otherwise());
            case Node.Hours hours -> targets(hours);
            case Node.Queue _, Node.HangUp _ -> List.of();
            case null -> List.of();
        };
    }

    /// Nodes that a call could pass again and again without anything being heard or awaited.
    SortedSet<String> silentRounds() {
        return rounds(this::silentTargets);
    }

    /// A refusal comes at once, so a queue is no wait on that way.
    private List<String> silentTargets(String name) {
        return switch (flow.nodes().get(name)) {
            case Node.Hours hours -> targets(hours);
            case Node.Queue queue -> targets(queue);
            case Node.Say _, Node.Menu _, Node.HangUp _ -> List.of();
            case null -> List.of();
        };
    }

    private SortedSet<String> rounds(Function<String, List<String>> targets) {
        SortedSet<String> round = new TreeSet<>();
        for (String name : flow.nodes().keySet()) {
            if (closure(targets.apply(name), targets).contains(name)) round.add(name);
        }
        return round;
    }

    private static List<String> targets(Node node) {
        return edges(node).stream().map(Edge::to).toList();
    }

    private SortedSet<String> closure(Collection<String> from, Function<String, List<String>> targets) {
        SortedSet<String> seen = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            String name = open.remove();
            if (flow.nodes().containsKey(name) && seen.add(name)) open.addAll(targets.apply(name));
        }
        return seen;
    }

    // ---- languages

    /// A node, and the language the caller hears there.
    private record Place(String node, SpokenLanguage language) {}

    /// Every prompt in every language it can be spoken in, places in line included.
    SequencedSet<PlayItem> spoken() {
        SequencedSet<PlayItem> items = new LinkedHashSet<>();
        SequencedSet<Place> seen = new LinkedHashSet<>();
        Deque<Place> open = new ArrayDeque<>();
        starts().forEach(start -> open.add(new Place(start, flow.defaultLanguage())));
        while (!open.isEmpty()) {
            Place place = open.remove();
            Node node = flow.nodes().get(place.node());
            if (node == null || !seen.add(place)) continue;
            for (Prompt prompt : prompts(node)) {
                items.add(new PlayItem(prompt.language().orElse(place.language()), prompt.key()));
            }
            for (Edge edge : edges(node)) {
                open.add(new Place(edge.to(), edge.language().orElse(place.language())));
            }
            if (node instanceof Node.Menu menu) {
                items.addAll(hinted(menu));
                menu.choices().stream()
                        .filter(choice -> choice.next().isEmpty())
                        .flatMap(choice -> choice.language().stream())
                        .forEach(language -> open.add(new Place(place.node(), language)));
            }
        }
        return Collections.unmodifiableSequencedSet(items);
    }

    /// Each language to choose may have been chosen last time.
    private static List<PlayItem> hinted(Node.Menu menu) {
        return menu.choices().stream()
                .flatMap(choice -> choice.language().stream())
                .flatMap(language -> menu.hinted().stream()
                        .map(prompt -> new PlayItem(prompt.language().orElse(language), prompt.key())))
                .toList();
    }

    private static List<Prompt> prompts(Node node) {
        List<Prompt> prompts = new ArrayList<>();
        switch (node) {
            case Node.Say say -> prompts.addAll(say.prompts());
            case Node.Menu menu -> {
                prompts.addAll(menu.prompts());
                prompts.addAll(menu.wrongKey());
                prompts.addAll(menu.silence());
            }
            case Node.Hours _ -> {}
            case Node.Queue queue -> {
                prompts.addAll(queue.welcome());
                prompts.addAll(queue.comfort());
                PositionPrompts.all().forEach(key -> prompts.add(new Prompt(key, Optional.empty())));
            }
            case Node.HangUp hangUp -> prompts.addAll(hangUp.prompts());
        }
        return prompts;
    }
}
