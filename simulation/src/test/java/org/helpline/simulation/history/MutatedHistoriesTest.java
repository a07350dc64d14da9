package org.helpline.simulation.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.helpline.simulation.history.Observation.By;
import org.junit.jupiter.api.Test;

/// A good history in which one thing is otherwise: the judge must notice, or there must be nothing to notice.
class MutatedHistoriesTest {
    private static final int SEEDS = 2_000;

    private enum Mutation {
        /// A message that was not told.
        MESSAGE_LOST,
        /// A message that was told to the other agent.
        MESSAGE_ASTRAY,
        /// A record is missing.
        RECORD_LOST,
        /// A record is there twice.
        RECORD_TWICE,
        /// A record tells another time.
        RECORD_LATE,
        /// We hang up on somebody.
        HUNG_UP_ON,
        /// A caller hears nothing, at any time of their call.
        SILENCE,
        /// A caller is sent away.
        SENT_AWAY,
        /// An offer tells half a minute less.
        YOUNGER
    }

    @Test
    void whatIsOtherwiseIsNoticed() {
        Map<Mutation, Integer> caught = new EnumMap<>(Mutation.class);
        Map<Mutation, Integer> made = new EnumMap<>(Mutation.class);
        for (int seed = 1; seed <= SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Mutation mutation = Mutation.values()[random.nextInt(Mutation.values().length)];
            List<Observation> seen = mutate(new GoodDay().seen(), mutation, random);
            made.merge(mutation, 1, Integer::sum);
            if (!HistoryChecker.check(seen, Bounds.SIMULATED).isEmpty()) caught.merge(mutation, 1, Integer::sum);
        }
        System.out.println("caught " + caught + " of " + made);
        for (Mutation always : List.of(
                Mutation.RECORD_LOST,
                Mutation.RECORD_TWICE,
                Mutation.RECORD_LATE,
                Mutation.HUNG_UP_ON,
                Mutation.SENT_AWAY,
                Mutation.YOUNGER)) {
            assertEquals(made.get(always), caught.get(always), always.name());
        }
        // A message in the middle that nothing later hangs on is missed by nobody.
        for (Mutation mostly : List.of(Mutation.MESSAGE_LOST, Mutation.MESSAGE_ASTRAY, Mutation.SILENCE)) {
            assertTrue(caught.get(mostly) * 4 >= made.get(mostly), mostly + ": " + caught + " of " + made);
        }
    }

    /// The order in which processes wrote what they saw at the same moment is chance, as long as each keeps its own.
    @Test
    void theOrderOfWitnessesDoesNotMatter() {
        List<Observation> seen = new GoodDay().seen();
        for (int seed = 1; seed <= 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Set<Integer> early = new HashSet<>();
            for (int agent = 1; agent <= 2; agent++) if (random.nextBoolean()) early.add(agent);
            List<Observation> shuffled = new ArrayList<>();
            seen.stream().filter(one -> isOf(one, early)).forEach(shuffled::add);
            seen.stream().filter(one -> !isOf(one, early)).forEach(shuffled::add);
            assertEquals(List.of(), HistoryChecker.check(shuffled, Bounds.SIMULATED), "seed " + seed);
        }
    }

    private static boolean isOf(Observation one, Set<Integer> agents) {
        return one instanceof Observation.OfSocket of
                && agents.contains(of.agent().charAt(of.agent().length() - 1) - '0');
    }

    private static List<Observation> mutate(List<Observation> good, Mutation mutation, SplittableRandom random) {
        List<Observation> seen = new ArrayList<>(good);
        switch (mutation) {
            case MESSAGE_LOST -> seen.remove(pick(seen, Observation.Told.class, random));
            case MESSAGE_ASTRAY -> {
                Observation.Told told = pick(seen, Observation.Told.class, random);
                seen.set(seen.indexOf(told), toTheOther(told));
            }
            case RECORD_LOST -> seen.remove(pick(seen, Observation.Row.class, random));
            case RECORD_TWICE -> seen.add(pick(seen, Observation.Row.class, random));
            case RECORD_LATE -> {
                Observation.Row row = pick(seen, Observation.Row.class, random);
                seen.set(
                        seen.indexOf(row),
                        new Observation.Row(
                                row.at(),
                                row.contact(),
                                row.outcome(),
                                row.arrivedAt().minusSeconds(20),
                                row.answeredAt(),
                                row.endedAt(),
                                row.parts()));
            }
            case HUNG_UP_ON -> {
                Observation.CallEnded end = pick(seen, Observation.CallEnded.class, random);
                seen.set(
                        seen.indexOf(end),
                        new Observation.CallEnded(GoodDay.at(61 + random.nextInt(20)), end.caller(), By.OTHER_SIDE));
            }
            case SILENCE -> {
                Observation.Heard heard = pick(seen, Observation.Heard.class, random);
                seen.add(new Observation.Heard(
                        GoodDay.at(60.5 + random.nextInt(3)), heard.caller(), Observation.Sound.SILENCE, ""));
            }
            case SENT_AWAY -> {
                Observation.Heard heard = pick(seen, Observation.Heard.class, random);
                seen.add(new Observation.Heard(
                        GoodDay.at(61 + random.nextInt(15)), heard.caller(), Observation.Sound.APOLOGY, ""));
            }
            case YOUNGER -> {
                Observation.Offered offer = pick(seen, Observation.Offered.class, random);
                seen.set(
                        seen.indexOf(offer),
                        GoodDay.waited(offer, offer.waited().minusSeconds(30)));
            }
        }
        return seen;
    }

    private static <T extends Observation> T pick(List<Observation> seen, Class<T> kind, SplittableRandom random) {
        List<T> found = seen.stream().filter(kind::isInstance).map(kind::cast).toList();
        return found.get(random.nextInt(found.size()));
    }

    private static Observation toTheOther(Observation.Told told) {
        String other = told.agent().equals("agent1") ? "agent2" : "agent1";
        return switch (told) {
            case Observation.Offered e ->
                new Observation.Offered(
                        e.at(),
                        other,
                        e.seq(),
                        e.offer(),
                        e.contact(),
                        e.line(),
                        e.consultOf(),
                        e.alone(),
                        e.waited(),
                        e.expiresAt());
            case Observation.OfferExtended e ->
                new Observation.OfferExtended(e.at(), other, e.seq(), e.offer(), e.expiresAt());
            case Observation.OfferOver e -> new Observation.OfferOver(e.at(), other, e.seq(), e.offer(), e.outcome());
            case Observation.ContactTold e ->
                new Observation.ContactTold(e.at(), other, e.seq(), e.contact(), e.state(), e.consultOf());
            case Observation.StateTold e -> new Observation.StateTold(e.at(), other, e.seq(), e.state(), e.reason());
            case Observation.OtherTold e -> new Observation.OtherTold(e.at(), other, e.seq(), e.type());
        };
    }
}
