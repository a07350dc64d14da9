package org.helpline.benchmarks;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/// One line of the results.
///
/// @param group the group it was measured in
/// @param name what was measured
/// @param world under which conditions
/// @param peer the same thing done by somebody else, measured in the same run; empty where there is none
public record Row(String group, String name, String world, Figure figure, String unit, Optional<Peer> peer) {

    public record Peer(String name, Figure figure) {}

    public static Row alone(String group, String name, String world, Figure figure, String unit) {
        return new Row(group, name, world, figure, unit, Optional.empty());
    }

    public static Row beside(
            String group, String name, String world, Figure figure, String unit, String peer, Figure peerFigure) {
        return new Row(group, name, world, figure, unit, Optional.of(new Peer(peer, peerFigure)));
    }

    /// Ours divided by the peer's; empty without a peer, or when the peer's is zero.
    public Optional<Double> ratio() {
        return peer.filter(p -> p.figure().value() != 0)
                .map(p -> figure.value() / p.figure().value());
    }

    /// What is not there is null, so that every row has the same keys.
    public JsonObject toJson() {
        Optional<Figure> other = peer.map(Peer::figure);
        return new JsonObject()
                .put("group", group)
                .put("name", name)
                .put("world", world)
                .put("value", rounded(figure.value()))
                .put("low", rounded(figure.low()))
                .put("high", rounded(figure.high()))
                .put("unit", unit)
                .put("peer", peer.map(Peer::name).orElse(null))
                .put("peerValue", other.map(f -> rounded(f.value())).orElse(null))
                .put("peerLow", other.map(f -> rounded(f.low())).orElse(null))
                .put("peerHigh", other.map(f -> rounded(f.high())).orElse(null))
                .put("ratio", ratio().map(Row::rounded).orElse(null));
    }

    /// Three digits; no measurement here deserves more.
    static BigDecimal rounded(double value) {
        BigDecimal three = new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_UP));
        return three.scale() < 0 ? three.setScale(0, RoundingMode.UNNECESSARY) : three;
    }
}
