package org.helpline.benchmarks.journal;

import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.owner.TurnListener;
import org.helpline.app.switchboard.DomainEvent;
import org.helpline.benchmarks.ShippedLine;
import org.helpline.router.AgentSettings;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.Input;
import org.helpline.telephony.simulated.Heard;
import org.helpline.telephony.simulated.SimulatedCaller;
import org.helpline.telephony.simulated.SimulatedCarrier;

/// Callers and agents who lose no time: a key at each menu, every offer taken, no word said, and nothing to write
/// but one inquiry.
///
/// Threading: on the owner's context, but for the figures.
final class People implements TurnListener {
    private static final String CALLED = "18005550100";
    private static final int MENUS = 2;
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final DomainOwner owner;
    private final SimulatedCarrier carrier;
    private final List<AgentSettings> agents;
    private final Set<SimulatedCaller> present;
    private final Map<ContactId, Long> accepted = new HashMap<>();
    private final Recorder connecting = new Recorder(LONGEST_NANOS, 3);
    private final AtomicLong finished = new AtomicLong();
    private int always;
    private int waitingWanted;
    private int waiting;
    private int inMenus;
    private int mostInMenus;
    private Promise<Void> allWait = Promise.promise();
    private Runnable whenOffered = () -> {};
    private boolean serving;

    /// @param present those on the line, who outlive an owner
    People(DomainOwner owner, SimulatedCarrier carrier, List<AgentSettings> agents, Set<SimulatedCaller> present) {
        this.owner = owner;
        this.carrier = carrier;
        this.agents = agents;
        this.present = present;
    }

    static Set<SimulatedCaller> nobody() {
        return new LinkedHashSet<>();
    }

    // ---- agents

    /// All of them are at their desks; none is ready.
    void signIn() {
        agents.forEach(agent -> owner.submit(new Input.AgentConnected(agent.id())));
    }

    void becomeReady() {
        serving = true;
        agents.forEach(this::becomeReady);
    }

    private void becomeReady(AgentSettings agent) {
        owner.submit(new Input.SetAgentState(agent.id(), Input.Readiness.READY, Optional.empty()));
    }

    /// One comes to the desk, and has to be offered somebody.
    void oneComes(Runnable offered) {
        whenOffered = offered;
        AgentSettings first = agents.getFirst();
        owner.submit(new Input.AgentConnected(first.id()));
        becomeReady(first);
    }

    @Override
    public void onEvents(List<DomainEvent> events) {
        for (DomainEvent event : events) {
            if (event instanceof DomainEvent.Routing routing) happened(routing.event());
        }
    }

    private void happened(Event event) {
        if (event instanceof Event.OfferMade e) {
            offered(e);
        } else if (event instanceof Event.ContactConnected e) {
            Long since = accepted.remove(e.contact());
            if (since != null) connecting.recordValue(Math.min(System.nanoTime() - since, LONGEST_NANOS));
        } else if (event instanceof Event.WrapUpStarted e) {
            owner.submit(new Input.CompleteWrapUp(e.agent(), e.contact(), List.of(ShippedLine.INQUIRY)));
            finished.incrementAndGet();
        }
    }

    private void offered(Event.OfferMade offer) {
        if (serving) {
            accepted.put(offer.contact(), System.nanoTime());
            owner.submit(new Input.AcceptOffer(offer.agent(), offer.offer()));
        } else {
            whenOffered.run();
            owner.submit(new Input.RejectOffer(offer.agent(), offer.offer(), Optional.empty()));
        }
    }

    // ---- callers

    /// So many are on the line at any time: whoever is served is followed by another.
    void keepOnTheLine(int callers) {
        always = callers;
        for (int n = present.size(); n < callers; n++) oneCalls();
    }

    void oneCalls() {
        SimulatedCaller caller = carrier.call(CALLED, Optional.of("12125550147"));
        present.add(caller);
        caller.whenHearing(new InMenu(caller)::hears);
        caller.whenOver(() -> {
            present.remove(caller);
            if (waitingWanted > 0) allWait.tryFail("a caller was turned away, who should wait in line");
            if (present.size() < always) oneCalls();
        });
    }

    /// Calls until so many wait in line.
    ///
    /// @param atOnce of those who are still in the menus
    void bringInLine(int callers, int atOnce, Promise<Void> all) {
        waiting = present.size();
        waitingWanted = callers;
        mostInMenus = atOnce;
        allWait = all;
        more();
    }

    private void more() {
        while (inMenus < mostInMenus && waiting + inMenus < waitingWanted) {
            inMenus++;
            oneCalls();
        }
    }

    private final class InMenu {
        private final SimulatedCaller caller;
        private int pressed;
        private boolean inLine;

        InMenu(SimulatedCaller caller) {
            this.caller = caller;
        }

        void hears(Heard sound) {
            switch (sound) {
                case Heard.Prompt _ -> {
                    if (pressed++ < MENUS) caller.press('1');
                }
                case Heard.Music _ -> waits();
                case Heard.Parties parties -> {
                    if (!parties.legs().isEmpty()) caller.hangUp();
                }
                case Heard.Apology _, Heard.Referred _ -> {}
            }
        }

        private void waits() {
            if (inLine || waitingWanted == 0) return;
            inLine = true;
            inMenus--;
            waiting++;
            if (waiting == waitingWanted) allWait.tryComplete();
            else more();
        }
    }

    // ---- figures, for any thread

    long finished() {
        return finished.get();
    }

    /// From the agent's word to two people in one bridge, in nanoseconds, since it was asked last.
    Histogram connecting() {
        return connecting.getIntervalHistogram();
    }
}
