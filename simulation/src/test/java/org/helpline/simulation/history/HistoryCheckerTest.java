package org.helpline.simulation.history;

import static org.helpline.simulation.history.GoodDay.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.helpline.simulation.history.Observation.By;
import org.helpline.simulation.history.Observation.CallEnded;
import org.helpline.simulation.history.Observation.Commanded;
import org.helpline.simulation.history.Observation.ContactTold;
import org.helpline.simulation.history.Observation.DeviceAnswered;
import org.helpline.simulation.history.Observation.DeviceEnded;
import org.helpline.simulation.history.Observation.Ended;
import org.helpline.simulation.history.Observation.Heard;
import org.helpline.simulation.history.Observation.Killed;
import org.helpline.simulation.history.Observation.Named;
import org.helpline.simulation.history.Observation.OfferOver;
import org.helpline.simulation.history.Observation.Offered;
import org.helpline.simulation.history.Observation.Part;
import org.helpline.simulation.history.Observation.RoutingAgain;
import org.helpline.simulation.history.Observation.Row;
import org.helpline.simulation.history.Observation.Sound;
import org.helpline.simulation.history.Observation.StateTold;
import org.helpline.simulation.history.Observation.Welcomed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HistoryCheckerTest {

    private static List<Violation> check(GoodDay day) {
        return HistoryChecker.check(day.seen(), Bounds.SIMULATED);
    }

    @Test
    void aGoodDayIsGood() {
        assertEquals(List.of(), check(new GoodDay()));
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        List<Observation> seen = new GoodDay()
                .add(new Commanded(at(150), "agent1", "hold", "c-1"))
                .add(new Observation.OtherTold(at(150), "agent1", 99_999, "device"))
                .seen();
        StringWriter lines = new StringWriter();
        HistoryLines.write(seen, lines);
        assertEquals(seen, HistoryLines.read(new BufferedReader(new StringReader(lines.toString()))));
    }

    @Test
    void aLineThatIsNoneIsNamed() {
        IllegalArgumentException fault = org.junit.jupiter.api.Assertions.assertThrows(
                IllegalArgumentException.class,
                () -> HistoryLines.read(new BufferedReader(new StringReader("{\"seen\":\"Nothing\"}"))));
        assertTrue(
                fault.getMessage().startsWith("observation 1 must have 'seen', one of [CallEnded"), fault.getMessage());
    }

    record Bad(String what, Rule rule, GoodDay day) {
        @Override
        public String toString() {
            return rule + ": " + what;
        }
    }

    static Stream<Bad> badDays() {
        return Stream.of(
                new Bad(
                        "a talk ends at the restart",
                        Rule.TALK_NOT_CUT,
                        new GoodDay()
                                .add(new Heard(at(62.5), "ann", Sound.SILENCE, ""))
                                .add(new Heard(at(62.9), "ann", Sound.VOICE, "d-1"))),
                new Bad(
                        "a talking caller is hung up on",
                        Rule.TALK_NOT_CUT,
                        new GoodDay().change(isEnd("ann"), _ -> new CallEnded(at(63), "ann", By.OTHER_SIDE))),
                new Bad(
                        "a waiting caller is hung up on",
                        Rule.WAITING_NOT_LOST,
                        new GoodDay().change(isEnd("cho"), _ -> new CallEnded(at(80), "cho", By.OTHER_SIDE))),
                new Bad(
                        "a caller whom we had answered is sent away",
                        Rule.WAITING_NOT_LOST,
                        new GoodDay().add(new Heard(at(79), "cho", Sound.APOLOGY, ""))),
                new Bad(
                        "an offer tells another age than the one before",
                        Rule.PLACE_KEPT,
                        new GoodDay().change(isOffer("o-2"), GoodDay::older).add(GoodDay.earlierOffer())),
                new Bad(
                        "the age begins anew after the restart",
                        Rule.PLACE_KEPT,
                        new GoodDay()
                                .change(isOffer("o-2"), one -> GoodDay.waited((Offered) one, Duration.ofSeconds(2)))),
                new Bad("who came later is served first", Rule.PLACE_KEPT, GoodDay.overtaken()),
                new Bad(
                        "an agent stays reserved",
                        Rule.NO_AGENT_STUCK,
                        new GoodDay()
                                .without(one -> one instanceof StateTold e && e.seq() >= 8192)
                                .change(
                                        one -> one instanceof StateTold e && e.seq() == 6146,
                                        one -> new StateTold(one.at(), "agent2", 6146, "reserved", Optional.empty()))),
                new Bad(
                        "an agent is in wrap-up for ever",
                        Rule.NO_AGENT_STUCK,
                        new GoodDay().without(one -> one instanceof StateTold e && e.seq() == 8194)),
                new Bad(
                        "an agent is told to talk with no telephone",
                        Rule.NO_AGENT_STUCK,
                        new GoodDay()
                                .add(new DeviceEnded(at(20), "agent1", "d-1", By.SELF))
                                .change(isEnd("ann"), _ -> new CallEnded(at(160), "ann", By.SELF))
                                .change(one -> one.at().equals(at(90)), GoodDay::muchLater)
                                .change(one -> one.at().equals(at(95)), GoodDay::muchLater)
                                .without(Row.class::isInstance)),
                new Bad(
                        "an offer never ends",
                        Rule.NO_AGENT_STUCK,
                        new GoodDay()
                                .without(one ->
                                        one instanceof OfferOver e && e.offer().equals("o-2"))),
                new Bad(
                        "a contact is offered to two agents",
                        Rule.ONE_OFFER_AT_A_TIME,
                        new GoodDay()
                                .add(new Offered(
                                        at(65),
                                        "agent1",
                                        5500,
                                        "o-9",
                                        "c-2",
                                        GoodDay.LINE,
                                        Optional.empty(),
                                        false,
                                        Duration.ofSeconds(45),
                                        at(80)))),
                new Bad(
                        "an offer goes to two agents",
                        Rule.ONE_OFFER_AT_A_TIME,
                        new GoodDay()
                                .add(new Offered(
                                        at(120),
                                        "agent1",
                                        9000,
                                        "o-2",
                                        "c-9",
                                        GoodDay.LINE,
                                        Optional.empty(),
                                        false,
                                        Duration.ZERO,
                                        at(130)))
                                .add(new OfferOver(at(121), "agent1", 9001, "o-2", "rejected"))),
                new Bad(
                        "an offer is accepted twice",
                        Rule.ONE_OFFER_AT_A_TIME,
                        new GoodDay().add(new OfferOver(at(121), "agent2", 9001, "o-2", "accepted"))),
                new Bad(
                        "a contact talks with two agents",
                        Rule.ONE_OFFER_AT_A_TIME,
                        new GoodDay()
                                .add(new ContactTold(at(110), "agent1", 9000, "c-2", "talking", Optional.empty()))
                                .add(new ContactTold(at(120), "agent1", 9001, "c-2", "ended", Optional.empty()))
                                .change(
                                        one -> one.at().equals(at(100)) && !(one instanceof CallEnded),
                                        GoodDay::muchLater)
                                .change(one -> one.at().equals(at(105)), GoodDay::muchLater)),
                new Bad(
                        "an agent has two contacts",
                        Rule.ONE_CONTACT_AT_A_TIME,
                        new GoodDay()
                                .add(new ContactTold(at(70), "agent2", 6500, "c-7", "talking", Optional.empty()))
                                .add(new ContactTold(at(75), "agent2", 6501, "c-7", "ended", Optional.empty()))),
                new Bad("a number comes twice", Rule.NUMBERS_GROW, new GoodDay().told("agent1", 98, 7170, "ready")),
                new Bad(
                        "a number means another thing after the restart",
                        Rule.NUMBERS_GROW,
                        new GoodDay()
                                .change(
                                        one -> one instanceof Welcomed e && e.seq() == 3075,
                                        _ -> new Welcomed(
                                                at(63),
                                                "agent1",
                                                3074,
                                                3075,
                                                false,
                                                "on-contact",
                                                List.of(),
                                                List.of()))
                                .told("agent1", 63, 3075, "ready")),
                new Bad(
                        "what was missed is not told",
                        Rule.NUMBERS_GROW,
                        new GoodDay().without(one -> one instanceof StateTold e && e.seq() == 4096)),
                new Bad(
                        "the end of an offer that was never told",
                        Rule.NUMBERS_GROW,
                        new GoodDay().add(new OfferOver(at(130), "agent1", 9999, "o-77", "rescinded"))),
                new Bad(
                        "numbers go back",
                        Rule.NUMBERS_GROW,
                        new GoodDay()
                                .change(
                                        one -> one instanceof Welcomed e && e.seq() == 3075,
                                        _ -> new Welcomed(
                                                at(63),
                                                "agent1",
                                                10,
                                                3075,
                                                false,
                                                "on-contact",
                                                List.of(),
                                                List.of()))),
                new Bad("a contact has no record", Rule.RECORDS_COMPLETE, new GoodDay().without(isRow("c-3"))),
                new Bad(
                        "a contact has two records",
                        Rule.RECORDS_COMPLETE,
                        new GoodDay().add(GoodDay.rowOf("c-3", "abandoned"))),
                new Bad(
                        "a record has no caller",
                        Rule.RECORDS_COMPLETE,
                        new GoodDay().add(GoodDay.rowOf("c-9", "abandoned"))),
                new Bad(
                        "a record has another outcome",
                        Rule.RECORDS_COMPLETE,
                        new GoodDay().change(isRow("c-3"), _ -> GoodDay.rowOf("c-3", "handled"))),
                new Bad(
                        "a record has another end",
                        Rule.RECORDS_COMPLETE,
                        new GoodDay().change(isEnd("cho"), _ -> new CallEnded(at(76), "cho", By.SELF))),
                new Bad(
                        "a record's segments overlap",
                        Rule.RECORDS_COMPLETE,
                        new GoodDay()
                                .change(
                                        isRow("c-2"),
                                        one -> GoodDay.with(
                                                (Row) one, new Part("hold", at(70), at(120), Optional.of("agent2"))))),
                new Bad(
                        "records have an agent in two places",
                        Rule.RECORDS_COMPLETE,
                        new GoodDay()
                                .change(
                                        isRow("c-3"),
                                        one -> GoodDay.with(
                                                (Row) one, new Part("ring", at(70), at(75), Optional.of("agent2"))))),
                new Bad(
                        "the music stops at the restart",
                        Rule.MUSIC_GOES_ON,
                        new GoodDay()
                                .add(new Heard(at(63), "cho", Sound.SILENCE, ""))
                                .add(new Heard(at(65), "cho", Sound.MUSIC, ""))),
                new Bad(
                        "the music stops with the process",
                        Rule.MUSIC_GOES_ON,
                        new GoodDay()
                                .add(new Heard(at(60.2), "cho", Sound.SILENCE, ""))
                                .add(new Heard(at(63), "cho", Sound.MUSIC, ""))),
                new Bad(
                        "somebody who waits is told a thing while Helpline is away",
                        Rule.MUSIC_GOES_ON,
                        new GoodDay().add(new Heard(at(61), "cho", Sound.PROMPT, "comfort"))),
                new Bad(
                        "a caller hears nothing for a minute",
                        Rule.SILENCE_BOUNDED,
                        new GoodDay()
                                .change(isEnd("cho"), _ -> new CallEnded(at(140), "cho", By.SELF))
                                .add(new Heard(at(79), "cho", Sound.SILENCE, ""))),
                new Bad(
                        "nobody routes again",
                        Rule.ROUTING_AGAIN,
                        new GoodDay().without(RoutingAgain.class::isInstance)),
                new Bad(
                        "it takes half a minute to route again",
                        Rule.ROUTING_AGAIN,
                        new GoodDay().change(Killed.class::isInstance, _ -> new Killed(at(32), Optional.empty()))));
    }

    private static Predicate<Observation> isEnd(String caller) {
        return one -> one instanceof CallEnded end && end.caller().equals(caller);
    }

    private static Predicate<Observation> isOffer(String offer) {
        return one -> one instanceof Offered e && e.offer().equals(offer);
    }

    private static Predicate<Observation> isRow(String contact) {
        return one -> one instanceof Row row && row.contact().equals(contact);
    }

    @ParameterizedTest
    @MethodSource("badDays")
    void aBadDayIsCaughtByItsRule(Bad bad) {
        List<Violation> found = check(bad.day());
        assertTrue(found.stream().anyMatch(violation -> violation.rule() == bad.rule()), () -> "found " + found);
        found.forEach(violation -> assertTrue(!violation.what().isBlank()));
    }

    @Test
    void everyRuleHasABadDay() {
        Set<Rule> tried = EnumSet.noneOf(Rule.class);
        badDays().forEach(bad -> tried.add(bad.rule()));
        assertEquals(EnumSet.allOf(Rule.class), tried);
    }

    // ---- what is nobody's fault

    @Test
    void whoeverTalksMayEndIt() {
        GoodDay commanded = new GoodDay()
                .add(new Commanded(at(59.9), "agent1", "hold", "c-1"))
                .add(new Heard(at(60.01), "ann", Sound.MUSIC, ""))
                .add(new Heard(at(64), "ann", Sound.VOICE, "d-1"));
        assertEquals(List.of(), check(commanded));
        GoodDay phoneDied = new GoodDay()
                .change(
                        one -> one instanceof DeviceEnded end && end.leg().equals("d-1"),
                        _ -> new DeviceEnded(at(61), "agent1", "d-1", By.MEDIA_LOST))
                .add(new Heard(at(61), "ann", Sound.SILENCE, ""))
                .add(new Heard(at(62.1), "ann", Sound.MUSIC, ""))
                .add(new DeviceAnswered(at(64), "agent1", "d-3"))
                .add(new Heard(at(64), "ann", Sound.VOICE, "d-3"));
        assertEquals(List.of(), check(phoneDied));
    }

    @Test
    void whatWasNeverWrittenMayBeForgotten() {
        GoodDay day = new GoodDay()
                .add(new Observation.Called(at(59.5), "dan"))
                .add(new Named(at(59.5), "dan", "c-4"))
                .add(new Heard(at(62), "dan", Sound.APOLOGY, ""))
                .add(new CallEnded(at(62), "dan", By.OTHER_SIDE));
        assertTrue(!check(day).isEmpty());
        day.change(Killed.class::isInstance, _ -> new Killed(at(60), Optional.of(at(59))));
        assertEquals(List.of(), check(day));
    }

    @Test
    void withoutRecordsOrAnEndNothingIsDemandedOfThem() {
        assertEquals(List.of(), check(new GoodDay().without(Row.class::isInstance)));
        assertEquals(List.of(), check(new GoodDay().without(isRow("c-3")).without(Ended.class::isInstance)));
    }
}
