package org.helpline.ivr;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.helpline.ivr.CallFlow.Choice;
import org.helpline.ivr.CallFlow.Limits;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.Prompt;
import org.helpline.ivr.CallFlow.SpokenLanguage;

/// Small flows wired at random: some sound, some that go round, lead nowhere or name nodes that are not there.
final class RandomFlow {
    private static final List<SpokenLanguage> LANGUAGES =
            List.of(SampleFlow.ENGLISH, SampleFlow.SPANISH, new SpokenLanguage("ru"));

    private final Random random;
    private final int size;

    private RandomFlow(Random random) {
        this.random = random;
        size = 2 + random.nextInt(7);
    }

    static CallFlow of(Random random) {
        return new RandomFlow(random).flow();
    }

    private CallFlow flow() {
        SortedMap<String, Node> nodes = new TreeMap<>();
        for (int i = 0; i < size; i++) nodes.put("n" + i, node());
        Limits limits = new Limits(10 + random.nextInt(50), Duration.ofSeconds(60 + random.nextInt(240)));
        CallFlow wild = new CallFlow("random", "n0", SampleFlow.ENGLISH, nodes, limits);
        // Nodes that nothing leads to would make nearly every flow a faulty one.
        nodes.keySet().retainAll(new FlowGraph(wild).reachable());
        Optional<String> last = nodes.keySet().stream()
                .filter(name -> nodes.get(name) instanceof Node.HangUp)
                .findFirst();
        return new CallFlow("random", "n0", SampleFlow.ENGLISH, nodes, limits, last);
    }

    private Node node() {
        return switch (random.nextInt(7)) {
            case 0 -> new Node.Say(prompts(random.nextInt(20) == 0 ? 0 : 1), random.nextBoolean(), target());
            case 1, 2, 3 -> menu();
            case 4 -> new Node.Hours(random.nextBoolean() ? always() : never(), target(), target());
            case 5 -> new Node.Queue("q", prompts(random.nextInt(2)), Duration.ofSeconds(20), prompts(1), target());
            default -> new Node.HangUp(prompts(random.nextInt(2)));
        };
    }

    private Node.Menu menu() {
        List<Choice> choices = new ArrayList<>();
        for (char key : "1234*".toCharArray()) {
            if (random.nextInt(3) == 0) continue;
            choices.add(new Choice(
                    key,
                    sometimes(LANGUAGES.get(random.nextInt(LANGUAGES.size()))),
                    sometimes("need-" + key),
                    random.nextInt(5) == 0 ? Optional.empty() : Optional.of(target())));
        }
        return new Node.Menu(
                prompts(random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(3)),
                choices.stream().anyMatch(choice -> choice.language().isPresent())
                        ? prompts(random.nextInt(3))
                        : List.of(),
                choices,
                Duration.ofSeconds(1 + random.nextInt(10)),
                1 + random.nextInt(5),
                prompts(random.nextInt(2)),
                prompts(random.nextInt(2)),
                target());
    }

    private <T> Optional<T> sometimes(T value) {
        return random.nextInt(3) == 0 ? Optional.of(value) : Optional.empty();
    }

    private List<Prompt> prompts(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> new Prompt(
                        "p" + random.nextInt(10), sometimes(LANGUAGES.get(random.nextInt(LANGUAGES.size())))))
                .toList();
    }

    private String target() {
        return random.nextInt(100) == 0 ? "nowhere" : "n" + random.nextInt(size);
    }

    private static OpeningHours always() {
        SortedMap<DayOfWeek, List<OpeningHours.Span>> week = new TreeMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            week.put(day, List.of(new OpeningHours.Span(LocalTime.MIN, LocalTime.MIN)));
        }
        return new OpeningHours(ZoneOffset.UTC, week, new TreeSet<>());
    }

    private static OpeningHours never() {
        return new OpeningHours(ZoneOffset.UTC, new TreeMap<>(), new TreeSet<>());
    }
}
