package org.helpline.gateway;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/// What the gateway asks of the rest.
///
/// @param users asked at each use, so that a reloaded file counts at once
/// @param catalogue asked at each use, too
/// @param revoked tokens that were signed out before their time
/// @param history earlier contacts of callers
/// @param day contacts of the day that are over
/// @param watch hears how the gateway fares
/// @param notices what all who watch should know; asked at each push
public record GatewayPorts(
        Supplier<UserDirectory> users,
        Supplier<Catalogue> catalogue,
        RoutingPort routing,
        RevokedTokens revoked,
        CallerHistory history,
        DayHistory day,
        Clock clock,
        GatewayWatch watch,
        Supplier<List<Notice>> notices) {

    /// With nothing to be noticed, and nothing known of the day before the start.
    public GatewayPorts(
            Supplier<UserDirectory> users,
            Supplier<Catalogue> catalogue,
            RoutingPort routing,
            RevokedTokens revoked,
            CallerHistory history,
            Clock clock,
            GatewayWatch watch) {
        this(users, catalogue, routing, revoked, history, DayHistory.NONE, clock, watch, List::of);
    }

    /// Without anybody who watches.
    public GatewayPorts(
            Supplier<UserDirectory> users,
            Supplier<Catalogue> catalogue,
            RoutingPort routing,
            RevokedTokens revoked,
            CallerHistory history,
            Clock clock) {
        this(users, catalogue, routing, revoked, history, clock, GatewayWatch.NONE);
    }

    /// Without lists to choose from and without records.
    public GatewayPorts(Supplier<UserDirectory> users, RoutingPort routing, RevokedTokens revoked, Clock clock) {
        this(users, () -> Catalogue.EMPTY, routing, revoked, CallerHistory.NONE, clock);
    }
}
