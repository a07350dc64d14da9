package org.helpline.app.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.helpline.app.observe.SwitchMetrics;
import org.helpline.app.owner.Scheduler;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.app.switchboard.PhoneOwner;
import org.helpline.router.AgentId;
import org.helpline.router.Event;
import org.helpline.router.Input;
import org.helpline.telephony.SwitchReport;
import org.helpline.telephony.SwitchWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears the watch over the switch and the domain, and says what one means for the other: which agents can be
/// called, how contacts sound, whether the switch holds what nobody knows.
///
/// Threading: everything happens on the owner's context.
public final class SwitchObserver implements TurnListener {
    /// A share of lost packets that people notice.
    private static final double POOR = 0.05;

    private static final Logger log = LoggerFactory.getLogger(SwitchObserver.class);

    private final SwitchWatch watch;
    private final Consumer<Input> router;
    private final Predicate<String> ours;
    private final Scheduler scheduler;
    private final Duration browserGrace;
    private final SwitchMetrics metrics;
    private final AgentPhones phones = new AgentPhones();
    private final QualityLedger quality = new QualityLedger();
    private final List<Consumer<ContactQuality>> feeds = new ArrayList<>();
    private final Map<AgentId, Runnable> leaving = new HashMap<>();
    private SortedSet<String> unknownBefore = new TreeSet<>();
    private volatile boolean connected; // read by health checks, from any thread

    /// @param router takes what agents' phones come to
    /// @param ours whether a leg is known to the domain
    /// @param browserGrace a page that is loaded again is back within it; until then its agent has a phone
    public SwitchObserver(
            SwitchWatch watch,
            Consumer<Input> router,
            Predicate<String> ours,
            Scheduler scheduler,
            Duration browserGrace,
            SwitchMetrics metrics) {
        this.watch = watch;
        this.router = router;
        this.ours = ours;
        this.scheduler = scheduler;
        this.browserGrace = browserGrace;
        this.metrics = metrics;
    }

    /// Begins to watch; does not wait for it.
    ///
    /// @param desks endpoint of each agent's desk phone
    public void open(SortedMap<AgentId, String> desks) {
        configure(desks);
        watch.open(this::heard);
    }

    public void configure(SortedMap<AgentId, String> desks) {
        phones.configure(desks);
        tellRouter();
        probe();
    }

    /// Has the switch look at every desk phone now.
    public void probe() {
        if (!connected) return;
        for (String endpoint : phones.endpoints()) {
            watch.probe(endpoint).onFailure(failure -> log.debug("no probe of {}: {}", endpoint, failure.getMessage()));
        }
    }

    /// How each contact sounded, when it is over.
    public void addQualityFeed(Consumer<ContactQuality> feed) {
        feeds.add(feed);
    }

    /// Whether phones are watched now.
    public boolean connected() {
        return connected;
    }

    private void heard(SwitchReport report) {
        switch (report) {
            case SwitchReport.WatchConnected _ -> {
                connected = true;
                phones.forget();
                metrics.connected(true);
                probe();
            }
            case SwitchReport.WatchLost e -> {
                connected = false;
                log.warn("phones are not watched: {}; no agent is held to be unreachable", e.why());
                phones.forget();
                metrics.connected(false);
                tellRouter();
            }
            case SwitchReport.PhoneReachable e -> {
                log.info("phone {} can be reached", e.endpoint());
                phones.reachable(e.endpoint());
                tellRouter();
            }
            case SwitchReport.PhoneUnreachable e -> {
                log.info("phone {} {}", e.endpoint(), e.why());
                phones.unreachable(e.endpoint(), e.why());
                tellRouter();
            }
            case SwitchReport.CallQuality e -> metrics.quality(e, quality.add(e));
            case SwitchReport.ChannelCensus e -> counted(e.channels());
        }
    }

    private void tellRouter() {
        phones.news().forEach(router);
        AgentPhones.Counts counts = phones.counts();
        metrics.phones(counts.reachable(), counts.unreachable(), counts.unknown());
    }

    /// A channel that was not known the time before either is neither on its way in nor on its way out.
    private void counted(Set<String> channels) {
        SortedSet<String> unknown = new TreeSet<>(channels);
        unknown.removeIf(ours);
        SortedSet<String> lasting = new TreeSet<>(unknown);
        lasting.retainAll(unknownBefore);
        unknownBefore = unknown;
        metrics.channels(channels.size(), lasting.size());
        phones.again().forEach(router);
    }

    @Override
    public void onEvents(List<DomainEvent> events) {
        for (DomainEvent event : events) {
            quality.apply(event).ifPresent(this::over);
            switch (event) {
                case DomainEvent.PhoneRegistered e ->
                    agent(e.owner()).ifPresent(agent -> registered(agent, e.address()));
                case DomainEvent.PhoneGone e -> agent(e.owner()).ifPresent(agent -> leaves(agent, e.address()));
                case DomainEvent.Routing(Event.OffersResumed _) -> {
                    phones.again().forEach(router);
                    probe();
                }
                case DomainEvent.Routing _, DomainEvent.Flow _, DomainEvent.Leg _, DomainEvent.Drain _ -> {}
            }
        }
    }

    private static Optional<AgentId> agent(PhoneOwner owner) {
        return switch (owner.role()) {
            case AGENT -> Optional.of(new AgentId(owner.id()));
            case SUPERVISOR -> Optional.empty();
        };
    }

    private void registered(AgentId agent, String address) {
        stays(agent);
        phones.browserRegistered(agent, address);
        tellRouter();
    }

    private void leaves(AgentId agent, String address) {
        stays(agent);
        phones.browserWas(agent, address);
        leaving.put(agent, scheduler.after(browserGrace, () -> {
            leaving.remove(agent);
            phones.browserLost(agent, address);
            tellRouter();
        }));
    }

    private void stays(AgentId agent) {
        Runnable cancel = leaving.remove(agent);
        if (cancel != null) cancel.run();
    }

    private void over(ContactQuality contact) {
        if (contact.worstLost() > POOR) {
            log.info(
                    "contact={} sounded poorly: up to {} % of the packets were lost",
                    contact.contact(), Math.round(100 * contact.worstLost()));
        }
        feeds.forEach(feed -> feed.accept(contact));
    }
}
