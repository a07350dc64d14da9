package org.helpline.ivr;

import static org.helpline.ivr.SampleFlow.ENGLISH;
import static org.helpline.ivr.SampleFlow.SPANISH;
import static org.helpline.ivr.SampleFlow.prompts;
import static org.helpline.ivr.SampleFlow.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.helpline.ivr.CallFlow.Choice;
import org.helpline.ivr.CallFlow.Limits;
import org.helpline.ivr.CallFlow.Node;
import org.helpline.ivr.CallFlow.Prompt;
import org.helpline.ivr.CallFlow.SpokenLanguage;
import org.helpline.ivr.FlowEffect.PlayItem;
import org.junit.jupiter.api.Test;

class FlowChecksTest {
    private static final Node END = new Node.HangUp(prompts("goodbye"));

    @Test
    void theSampleFlowHasNoFault() {
        assertEquals(List.of(), FlowChecks.check(SampleFlow.flow()));
    }

    @Test
    void allFaultsAreToldAtOnce() {
        Node.Menu menu = new Node.Menu(
                List.of(),
                List.of(
                        choice('A', "queue"),
                        choice('1', "nowhere"),
                        new Choice(
                                '1', Optional.of(new SpokenLanguage("e_n")), Optional.of(" "), Optional.of("queue"))),
                Duration.ofMillis(500),
                6,
                prompts(""),
                List.of(),
                "somewhere");
        Node.Queue queue = new Node.Queue(
                "",
                List.of(new Prompt("hi", Optional.of(new SpokenLanguage("")))),
                Duration.ofSeconds(9),
                List.of(),
                "end");
        CallFlow flow = new CallFlow(
                "",
                "start",
                new SpokenLanguage("english_us"),
                new TreeMap<>(
                        Map.of("menu", menu, "queue", queue, "end", END, "say", new Node.Say(List.of(), true, "menu"))),
                new Limits(9, Duration.ofMinutes(31)));
        String nodes = "nodes are [end, menu, queue, say]";
        assertEquals("""
                name: is blank
                start: is 'start', which is no node; %1$s
                defaultLanguage: is 'english_us'; allowed is a BCP 47 tag such as en, es or zh-Hant
                limits.keyPresses: is 9; allowed are 10 to 1000
                limits.menuTime: is 1860 s; allowed are 60 to 1800 s
                nodes.menu.choices[1].next: is 'nowhere', which is no node; %1$s
                nodes.menu.otherwise: is 'somewhere', which is no node; %1$s
                nodes.menu.prompts: is empty; the caller would hear silence
                nodes.menu.choices[0].key: is 'A'; allowed is one of 0123456789*#
                nodes.menu.choices[2].key: is '1', which an earlier choice has; keys must differ
                nodes.menu.choices[2].language: is 'e_n'; allowed is a BCP 47 tag such as en, es or zh-Hant
                nodes.menu.choices[2].need: is blank
                nodes.menu.patience: is 0.5 s; allowed are 1 to 60 s
                nodes.menu.attempts: is 6; allowed are 1 to 5
                nodes.menu.wrongKey[0].key: is blank
                nodes.queue.queue: is blank
                nodes.queue.welcome[0].language: is ''; allowed is a BCP 47 tag such as en, es or zh-Hant
                nodes.queue.announceEvery: is 9 s; allowed are 10 to 600 s
                nodes.say.prompts: is empty; the caller would hear silence""".formatted(nodes), told(flow));
    }

    @Test
    void aMenuWithoutChoicesIsToldOf() {
        Node.Menu menu =
                new Node.Menu(prompts("p"), List.of(), Duration.ofSeconds(5), 1, List.of(), List.of(), "closed");
        assertEquals(
                "nodes.language.choices: is empty; a menu needs at least one choice",
                told(flow("language", Map.of("language", menu, "closed", END))));
    }

    @Test
    void aSpanThatEndsBeforeItBeginsIsToldOf() {
        OpeningHours hours = new OpeningHours(
                ZoneOffset.UTC,
                new TreeMap<>(Map.of(
                        DayOfWeek.MONDAY,
                        List.of(
                                new OpeningHours.Span(LocalTime.of(22, 0), LocalTime.MIN),
                                new OpeningHours.Span(LocalTime.of(22, 0), LocalTime.of(2, 0))))),
                new TreeSet<>());
        CallFlow flow = flow("hours", Map.of("hours", new Node.Hours(hours, "end", "end"), "end", END));
        assertEquals(
                "nodes.hours.hours.week.monday[1]: is 22:00 to 02:00; the end must be after the start, or 00:00 for the"
                        + " end of the day (a night is two spans)",
                told(flow));
    }

    @Test
    void aLoopThatNeverWaitsIsToldOf() {
        Node.Hours hours = new Node.Hours(SampleFlow.weekdays(), "queue", "end");
        Node.Queue queue = new Node.Queue("q", List.of(), Duration.ofMinutes(1), List.of(), "hours");
        assertEquals("""
                nodes.hours: comes back to itself without a prompt or a menu on the way, through [hours, queue]
                nodes.queue: comes back to itself without a prompt or a menu on the way, through [hours, queue]""", told(flow("hours", Map.of("hours", hours, "queue", queue, "end", END))));
    }

    @Test
    void aWayThatNeverEndsIsToldOf() {
        Node.Say a = new Node.Say(prompts("a"), true, "b");
        Node.Say b = new Node.Say(prompts("b"), true, "a");
        String round = ", through [a, b]; such a caller must reach a queue or a hang-up";
        String keyless = ": is come back to again and again by a caller who presses no key" + round;
        assertEquals(
                "nodes.a: leads to no queue and no hang-up\nnodes.a" + keyless
                        + "\nnodes.b: leads to no queue and no hang-up\nnodes.b" + keyless,
                told(flow("a", Map.of("a", a, "b", b))));
    }

    /// Ten minutes of the same menu, and then to be cut off, is no way to treat someone whose telephone has no keys.
    @Test
    void aCallerWhoPressesNothingMustGetOutOfTheMenus() {
        Node.Menu menu = new Node.Menu(
                prompts("p"), List.of(choice('1', "end")), Duration.ofSeconds(5), 3, List.of(), List.of(), "menu");
        assertEquals(
                "nodes.menu: is come back to again and again by a caller who presses no key, through [menu]; such a"
                        + " caller must reach a queue or a hang-up",
                told(flow("menu", Map.of("menu", menu, "end", END))));
    }

    @Test
    void promptsAreNeededInTheLanguagesACallerCanHaveChosenByThen() {
        Set<PlayItem> needed = FlowChecks.promptsNeeded(SampleFlow.flow());
        assertTrue(needed.contains(new PlayItem(ENGLISH, "greeting")));
        assertFalse(needed.contains(new PlayItem(SPANISH, "greeting")), "nobody has chosen Spanish by then");
        for (SpokenLanguage language : List.of(ENGLISH, SPANISH)) {
            // By `*` back, the language menu can be heard in Spanish too.
            for (String key : List.of(
                    "language-choice",
                    "wrong-key",
                    "no-key",
                    "need-choice",
                    "welcome",
                    "comfort",
                    "all-busy",
                    "closed",
                    "position-intro",
                    "number-1",
                    "number-20",
                    "number-more-than-20")) {
                assertTrue(needed.contains(new PlayItem(language, key)), language + " " + key);
            }
        }
        assertEquals(1 + 2 * (8 + 22), needed.size(), "all of them: " + needed);
    }

    @Test
    void aLanguageChosenByARepeatKeyIsSpokenInTheSameMenu() {
        Node.Menu menu = new Node.Menu(
                prompts("p"),
                List.of(new Choice('2', Optional.of(SPANISH), Optional.empty(), Optional.empty())),
                Duration.ofSeconds(5),
                3,
                List.of(),
                List.of(),
                "end");
        assertEquals(
                Set.of(
                        new PlayItem(ENGLISH, "p"),
                        new PlayItem(SPANISH, "p"),
                        new PlayItem(ENGLISH, "goodbye"),
                        new PlayItem(SPANISH, "goodbye")),
                FlowChecks.promptsNeeded(flow("menu", Map.of("menu", menu, "end", END))));
    }

    @Test
    void aNodeNothingLeadsToIsToldOf() {
        assertEquals(
                "nodes.stray: is never reached from start 'greeting'", told(with(SampleFlow.flow(), "stray", END)));
    }

    private static Choice choice(char key, String next) {
        return new Choice(key, Optional.empty(), Optional.empty(), Optional.of(next));
    }

    private static CallFlow flow(String start, Map<String, Node> nodes) {
        return new CallFlow("test", start, ENGLISH, new TreeMap<>(nodes), Limits.DEFAULT);
    }

    private static String told(CallFlow flow) {
        return FlowChecks.check(flow).stream().map(FlowChecks.Fault::toString).collect(Collectors.joining("\n"));
    }
}
