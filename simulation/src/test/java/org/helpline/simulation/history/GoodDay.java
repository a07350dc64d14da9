package org.helpline.simulation.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.helpline.simulation.history.Observation.By;
import org.helpline.simulation.history.Observation.CallEnded;
import org.helpline.simulation.history.Observation.Called;
import org.helpline.simulation.history.Observation.ContactTold;
import org.helpline.simulation.history.Observation.DeviceAnswered;
import org.helpline.simulation.history.Observation.DeviceEnded;
import org.helpline.simulation.history.Observation.DeviceRang;
import org.helpline.simulation.history.Observation.Ended;
import org.helpline.simulation.history.Observation.Heard;
import org.helpline.simulation.history.Observation.InHand;
import org.helpline.simulation.history.Observation.Killed;
import org.helpline.simulation.history.Observation.Named;
import org.helpline.simulation.history.Observation.OfferOver;
import org.helpline.simulation.history.Observation.Offered;
import org.helpline.simulation.history.Observation.Part;
import org.helpline.simulation.history.Observation.RoutingAgain;
import org.helpline.simulation.history.Observation.Row;
import org.helpline.simulation.history.Observation.SocketLost;
import org.helpline.simulation.history.Observation.SocketOpened;
import org.helpline.simulation.history.Observation.Sound;
import org.helpline.simulation.history.Observation.StateTold;
import org.helpline.simulation.history.Observation.Welcomed;

/// A history by hand in which all is well, and what can be done to it. Two agents, three callers, one death: `ann`
/// talks with `agent1` all through it, `ben` waits through it and then talks with `agent2`, `cho` waits longest and
/// gives up.
final class GoodDay {
    static final String LINE = "social-services snap en voice";
    private static final Instant START = Instant.parse("2026-03-02T14:00:00Z");
    private final List<Observation> seen = new ArrayList<>();

    GoodDay() {
        signsIn("agent1", 1);
        signsIn("agent2", 1);
        told("agent1", 2, 1025, "ready");
        arrives("ann", 5, "c-1");
        offered("agent1", 15, 2048, "o-1", "c-1", 10);
        talks("agent1", 18, 3072, "o-1", "c-1", "ann", "d-1");
        arrives("ben", 20, "c-2");
        arrives("cho", 25, "c-3");
        // The death, and the return.
        add(new Killed(at(60), Optional.empty()));
        add(new SocketLost(at(60), "agent1"));
        add(new SocketLost(at(60), "agent2"));
        add(new RoutingAgain(at(62)));
        add(new SocketOpened(at(63), "agent1", Optional.of(3075L)));
        add(new Welcomed(
                at(63), "agent1", 3075, 3075, false, "on-contact", List.of(new InHand("c-1", "talking")), List.of()));
        add(new SocketOpened(at(64), "agent2", Optional.of(1024L)));
        add(new Welcomed(at(64), "agent2", 1024, 4096, false, "not-ready", List.of(), List.of()));
        told("agent2", 64, 4096, "ready");
        offered("agent2", 64, 5120, "o-2", "c-2", 44);
        talks("agent2", 66, 6144, "o-2", "c-2", "ben", "d-2");
        // The ends.
        add(new CallEnded(at(80), "cho", By.SELF));
        add(new CallEnded(at(90), "ann", By.SELF));
        leaves("agent1", 90, 7168, "c-1", "d-1");
        add(new CallEnded(at(100), "ben", By.SELF));
        leaves("agent2", 100, 8192, "c-2", "d-2");
        add(new Ended(at(200)));
        row("c-1", "handled", 5, Optional.of(18L), 90, "agent1");
        row("c-2", "handled", 20, Optional.of(66L), 100, "agent2");
        row("c-3", "abandoned", 25, Optional.empty(), 80, "");
    }

    static Instant at(double second) {
        return START.plusMillis((long) (second * 1000));
    }

    List<Observation> seen() {
        return List.copyOf(seen);
    }

    GoodDay add(Observation one) {
        seen.add(one);
        return this;
    }

    GoodDay without(Predicate<Observation> which) {
        if (!seen.removeIf(which)) throw new IllegalStateException("nothing to leave out");
        return this;
    }

    GoodDay change(Predicate<Observation> which, UnaryOperator<Observation> how) {
        if (seen.stream().noneMatch(which)) throw new IllegalStateException("nothing to change");
        seen.replaceAll(one -> which.test(one) ? how.apply(one) : one);
        return this;
    }

    // ----

    private void signsIn(String agent, double second) {
        add(new SocketOpened(at(second), agent, Optional.empty()));
        add(new Welcomed(at(second), agent, 1024, 1024, false, "not-ready", List.of(), List.of()));
    }

    GoodDay told(String agent, double second, long seq, String state) {
        return add(new StateTold(at(second), agent, seq, state, Optional.empty()));
    }

    private void arrives(String caller, double second, String contact) {
        add(new Called(at(second), caller));
        add(new Named(at(second), caller, contact));
        add(new Heard(at(second), caller, Sound.PROMPT, "greeting"));
        add(new Heard(at(second + 1), caller, Sound.MUSIC, ""));
    }

    GoodDay offered(String agent, double second, long seq, String offer, String contact, double waited) {
        told(agent, second, seq, "reserved");
        return add(new Offered(
                at(second),
                agent,
                seq + 1,
                offer,
                contact,
                LINE,
                Optional.empty(),
                false,
                Duration.ofMillis((long) (waited * 1000)),
                at(second + 15)));
    }

    private void talks(String agent, double second, long seq, String offer, String contact, String caller, String leg) {
        add(new OfferOver(at(second), agent, seq, offer, "accepted"));
        add(new ContactTold(at(second), agent, seq + 1, contact, "connecting", Optional.empty()));
        add(new DeviceRang(at(second), agent, leg, contact));
        add(new DeviceAnswered(at(second), agent, leg));
        add(new Heard(at(second), caller, Sound.VOICE, leg));
        told(agent, second, seq + 2, "on-contact");
        add(new ContactTold(at(second), agent, seq + 3, contact, "talking", Optional.empty()));
    }

    private void leaves(String agent, double second, long seq, String contact, String leg) {
        add(new DeviceEnded(at(second), agent, leg, By.OTHER_SIDE));
        told(agent, second, seq, "wrap-up");
        add(new ContactTold(at(second), agent, seq + 1, contact, "wrap-up", Optional.empty()));
        told(agent, second + 5, seq + 2, "ready");
        add(new ContactTold(at(second + 5), agent, seq + 3, contact, "ended", Optional.empty()));
    }

    private void row(String contact, String outcome, double from, Optional<Long> answered, double until, String agent) {
        List<Part> parts = new ArrayList<>();
        double waited = answered.map(Long::doubleValue).orElse(until);
        parts.add(new Part("ivr", at(from), at(from + 1), Optional.empty()));
        parts.add(new Part("queue", at(from + 1), at(waited), Optional.empty()));
        if (answered.isPresent()) {
            parts.add(new Part("talk", at(waited), at(until), Optional.of(agent)));
            parts.add(new Part("wrap-up", at(until), at(until + 5), Optional.of(agent)));
        }
        add(new Row(at(201), contact, outcome, at(from), answered.map(second -> at(second)), at(until), parts));
    }

    // ---- what is done to it

    static Row rowOf(String contact, String outcome) {
        List<Part> parts = List.of(
                new Part("ivr", at(25), at(26), Optional.empty()), new Part("queue", at(26), at(80), Optional.empty()));
        return new Row(at(201), contact, outcome, at(25), Optional.empty(), at(80), parts);
    }

    static Row with(Row row, Part more) {
        List<Part> parts = new ArrayList<>(row.parts());
        parts.add(more);
        return new Row(row.at(), row.contact(), row.outcome(), row.arrivedAt(), row.answeredAt(), row.endedAt(), parts);
    }

    static Offered waited(Offered offer, Duration waited) {
        return new Offered(
                offer.at(),
                offer.agent(),
                offer.seq(),
                offer.offer(),
                offer.contact(),
                offer.line(),
                offer.consultOf(),
                offer.alone(),
                waited,
                offer.expiresAt());
    }

    static Observation older(Observation offer) {
        return waited((Offered) offer, Duration.ofSeconds(52));
    }

    /// Of the same contact, to an agent whose name nothing else bears.
    static Observation earlierOffer() {
        return new Offered(
                at(40), "agent9", 2000, "o-0", "c-2", LINE, Optional.empty(), false, Duration.ofSeconds(20), at(45));
    }

    /// `cho`, who came after `ben`, is offered first.
    static GoodDay overtaken() {
        return new GoodDay()
                .add(new Offered(
                        at(40),
                        "agent9",
                        2000,
                        "o-0",
                        "c-3",
                        LINE,
                        Optional.empty(),
                        false,
                        Duration.ofSeconds(15),
                        at(55)))
                .add(new OfferOver(at(45), "agent9", 2001, "o-0", "rejected"));
    }

    static Observation muchLater(Observation seen) {
        return switch (seen) {
            case StateTold e -> new StateTold(at(160), e.agent(), e.seq(), e.state(), e.reason());
            case ContactTold e -> new ContactTold(at(160), e.agent(), e.seq(), e.contact(), e.state(), e.consultOf());
            case DeviceEnded e -> new DeviceEnded(at(160), e.agent(), e.leg(), e.by());
            default -> seen;
        };
    }
}
