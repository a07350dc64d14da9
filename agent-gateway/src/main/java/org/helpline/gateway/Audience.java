package org.helpline.gateway;

import io.vertx.core.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.helpline.router.Event;
import org.helpline.router.RoutingSnapshot;
import org.helpline.router.RoutingState;
import org.helpline.router.RoutingState.ContactView;

/// Everybody who hears of the domain, around one replica of its routing state. On the gateway's context, from the
/// moment when it is given to it.
final class Audience {
    final RoutingState replica;
    final AgentDesks desks;
    final SupervisorDesks supervisors;
    final LiveFeed live;
    private final CallerFacts callers;
    private final Projection projection;
    private final LiveMetrics metrics;
    private final DayBefore before;
    private final DeskNumbers numbers;
    private List<String> transferNumbers = List.of();

    /// @param replica as it is before the entry that `numbers` expects next
    /// @param begun when that was
    Audience(
            GatewaySettings settings,
            GatewayPorts ports,
            Tokens tokens,
            Predicate<Tokens.Token> revoke,
            Context context,
            RoutingState replica,
            DeskNumbers numbers,
            Instant begun) {
        this.replica = replica;
        this.numbers = numbers;
        this.callers = new CallerFacts(replica, ports.history(), context);
        this.projection = new Projection(replica, callers);
        this.metrics = new LiveMetrics(replica, settings.live(), begun);
        this.before = new DayBefore(metrics, ports.day(), ports.clock(), context);
        this.desks = new AgentDesks(settings.sockets(), projection, numbers, ports, revoke, context);
        this.callers.onLearnt(
                contact -> desks.tell(projection.retell(contact, ports.clock().instant())));
        this.supervisors = new SupervisorDesks(settings, replica, ports, tokens);
        this.live = new LiveFeed(settings.sockets(), metrics, ports.notices(), ports.clock());
    }

    /// Takes entries of the journal as those which led from a snapshot, as the replica has it, to what is now.
    void catchUp(RoutingSnapshot snapshot, Journalled since) {
        snapshot.settings().ifPresent(domain -> transferNumbers = domain.transferNumbers());
        projection.startFrom(snapshot);
        callers.catchingUp(true);
        hear(since);
    }

    /// From now on events are of the present. On the gateway's context.
    void caughtUp() {
        callers.catchingUp(false);
        before.load();
    }

    /// Takes entries of the journal that follow those it has.
    void hear(Journalled entries) {
        numbers.entries(entries.firstEntry(), entries.lastEntry());
        desks.tell(projection.apply(entries.events(), this::observe));
        desks.tellLate();
    }

    private void observe(Event event, Optional<ContactView> before) {
        if (event instanceof Event.DomainConfigured configured) {
            transferNumbers = configured.settings().transferNumbers();
        }
        callers.observe(event);
        metrics.observe(event);
        supervisors.observe(event, before);
    }

    /// Numbers that agents may transfer to.
    List<String> transferNumbers() {
        return transferNumbers;
    }

    void close() {
        before.close();
        desks.close();
        supervisors.close();
        live.close();
    }
}
