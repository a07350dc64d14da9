package org.helpline.app.switchboard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.helpline.ivr.FlowMachine;
import org.helpline.ivr.FlowState;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.HelplineId;
import org.helpline.router.LegId;
import org.helpline.router.RoutingState;
import org.helpline.router.SupervisionMode;
import org.helpline.router.SupervisorId;
import org.helpline.router.TransferTarget;

/// All a domain knows: routing, and for each call its legs and its place in the flow. Changed by [#apply] alone.
public final class SwitchState {
    private final RoutingState routing;
    private final NavigableMap<ContactId, Call> calls = new TreeMap<>();
    private final Map<String, ContactId> byCallerLeg = new HashMap<>();
    private final NavigableMap<LegId, DeviceLeg> devices = new TreeMap<>();
    private final NavigableMap<ContactId, Consult> consults = new TreeMap<>();
    private final NavigableMap<LegId, Listener> listeners = new TreeMap<>();
    private final NavigableMap<PhoneOwner, String> phones = new TreeMap<>();
    private final NavigableMap<ContactId, String> referrals = new TreeMap<>();
    private Optional<Instant> drainingSince = Optional.empty();

    public SwitchState() {
        this(new RoutingState());
    }

    private SwitchState(RoutingState routing) {
        this.routing = routing;
    }

    /// The state of which this is the snapshot: the same digest, and the same behaviour from there on. Throws
    /// [IllegalArgumentException] when the snapshot is not whole.
    public static SwitchState restore(SwitchSnapshot snapshot) {
        var state = new SwitchState(RoutingState.restore(snapshot.routing()));
        snapshot.calls().forEach(call -> {
            state.calls.put(call.contact(), call);
            state.byCallerLeg.put(call.leg(), call.contact());
        });
        state.devices.putAll(snapshot.devices());
        snapshot.consults().forEach(consult -> state.consults.put(consult.consult(), consult));
        state.listeners.putAll(snapshot.listeners());
        snapshot.phones().forEach(phone -> state.phones.put(phone.owner(), phone.address()));
        state.referrals.putAll(snapshot.referrals());
        state.drainingSince = snapshot.drainingSince();
        return state;
    }

    /// All of it as data. Takes time in proportion to the state.
    public SwitchSnapshot snapshot() {
        return new SwitchSnapshot(
                routing.snapshot(),
                List.copyOf(calls.values()),
                devices,
                List.copyOf(consults.values()),
                listeners,
                phones.entrySet().stream()
                        .map(phone -> new SwitchSnapshot.PhoneRow(phone.getKey(), phone.getValue()))
                        .toList(),
                drainingSince,
                referrals);
    }

    /// One caller's call.
    ///
    /// @param bridged the device leg it is joined with
    public record Call(
            ContactId contact,
            String leg,
            HelplineId helpline,
            Optional<String> callerNumber,
            Instant arrivedAt,
            FlowState flow,
            Optional<LegId> bridged) {
        Call with(FlowState next) {
            return new Call(contact, leg, helpline, callerNumber, arrivedAt, next, bridged);
        }

        Call with(Optional<LegId> nextBridged) {
            return new Call(contact, leg, helpline, callerNumber, arrivedAt, flow, nextBridged);
        }
    }

    /// An agent's device leg.
    ///
    /// @param phone address of the browser it is in; empty when it is a desk phone
    public record DeviceLeg(ContactId contact, AgentId agent, Instant rungAt, Optional<String> phone, boolean up) {}

    /// An agent's leg that waits for, or speaks with, another agent.
    ///
    /// @param of the contact it is about
    /// @param leg of the agent who consults
    /// @param bridged the device leg it is joined with
    public record Consult(ContactId consult, ContactId of, LegId leg, Optional<LegId> bridged) {
        Consult with(Optional<LegId> nextBridged) {
            return new Consult(consult, of, leg, nextBridged);
        }
    }

    /// A supervisor's device leg.
    ///
    /// @param phone address of the browser it is in; empty when it is a desk phone
    /// @param place where it listens; empty before it does
    /// @param places how often it was taken somewhere
    public record Listener(
            ContactId contact,
            SupervisorId supervisor,
            Instant rungAt,
            Optional<String> phone,
            boolean up,
            Optional<Place> place,
            int places) {
        Optional<String> snoop() {
            return place.flatMap(Place::snoop);
        }
    }

    /// @param snoop name of the listening; empty: in the contact's bridge
    public record Place(LegId agentLeg, SupervisionMode mode, Optional<String> snoop) {}

    /// Whether the leg belongs to a call or a device here.
    public boolean knows(String leg) {
        LegId id = new LegId(leg);
        return byCallerLeg.containsKey(leg) || devices.containsKey(id) || listeners.containsKey(id);
    }

    public void apply(DomainEvent event) {
        switch (event) {
            case DomainEvent.Routing e -> {
                routing.apply(e.event());
                routed(e.event());
            }
            case DomainEvent.Flow e ->
                calls.computeIfPresent(
                        e.id(), (_, call) -> call.with(call.flow().apply(e.event())));
            case DomainEvent.CallerArrived e -> {
                calls.put(
                        e.id(),
                        new Call(
                                e.id(),
                                e.leg(),
                                e.helpline(),
                                e.callerNumber(),
                                e.at(),
                                FlowMachine.initial(),
                                Optional.empty()));
                byCallerLeg.put(e.leg(), e.id());
            }
            case DomainEvent.CallerGone e -> {
                referrals.remove(e.id());
                Call call = calls.remove(e.id());
                if (call != null) byCallerLeg.remove(call.leg());
            }
            case DomainEvent.DeviceRung e ->
                devices.put(e.leg(), new DeviceLeg(e.id(), e.agent(), e.at(), e.phone(), false));
            case DomainEvent.DeviceUp e ->
                devices.computeIfPresent(
                        e.leg(),
                        (_, leg) -> new DeviceLeg(leg.contact(), leg.agent(), leg.rungAt(), leg.phone(), true));
            case DomainEvent.DeviceGone e -> devices.remove(e.leg());
            case DomainEvent.DeviceMoved e ->
                devices.computeIfPresent(
                        e.leg(), (_, leg) -> new DeviceLeg(e.id(), leg.agent(), leg.rungAt(), leg.phone(), leg.up()));
            case DomainEvent.LegsBridged e -> bridged(e.id(), Optional.of(e.leg()));
            case DomainEvent.LegsParted e -> bridged(e.id(), Optional.empty());
            case DomainEvent.ConsultOpened e ->
                consults.put(e.id(), new Consult(e.id(), e.of(), e.leg(), Optional.empty()));
            case DomainEvent.ConsultClosed e -> consults.remove(e.id());
            case DomainEvent.SupervisorRung e ->
                listeners.put(
                        e.leg(), new Listener(e.id(), e.supervisor(), e.at(), e.phone(), false, Optional.empty(), 0));
            case DomainEvent.SupervisorUp e ->
                listeners.computeIfPresent(
                        e.leg(),
                        (_, leg) -> new Listener(
                                leg.contact(),
                                leg.supervisor(),
                                leg.rungAt(),
                                leg.phone(),
                                true,
                                leg.place(),
                                leg.places()));
            case DomainEvent.SupervisorPlaced e ->
                listeners.computeIfPresent(
                        e.leg(),
                        (_, leg) -> new Listener(
                                leg.contact(),
                                leg.supervisor(),
                                leg.rungAt(),
                                leg.phone(),
                                leg.up(),
                                Optional.of(new Place(e.agentLeg(), e.mode(), e.snoop())),
                                leg.places() + 1));
            case DomainEvent.SupervisorGone e -> listeners.remove(e.leg());
            case DomainEvent.PhoneRegistered e -> phones.put(e.owner(), e.address());
            case DomainEvent.PhoneGone e -> phones.remove(e.owner(), e.address());
            case DomainEvent.DrainStarted e -> drainingSince = Optional.of(e.at());
            case DomainEvent.DrainEnded _ -> drainingSince = Optional.empty();
        }
    }

    private void bridged(ContactId id, Optional<LegId> leg) {
        calls.computeIfPresent(id, (_, call) -> call.with(leg));
        consults.computeIfPresent(id, (_, consult) -> consult.with(leg));
    }

    /// What an event of routing means here, that routing itself has taken already.
    void routed(Event event) {
        if (event instanceof Event.ContactTransferred e
                && e.to() instanceof TransferTarget.ToNumber out
                && calls.containsKey(e.contact())) {
            referrals.put(e.contact(), out.number());
        }
    }

    public RoutingState routing() {
        return routing;
    }

    public Optional<Call> call(ContactId contact) {
        return Optional.ofNullable(calls.get(contact));
    }

    public Collection<Call> calls() {
        return Collections.unmodifiableCollection(calls.values());
    }

    /// The number to which an agent handed this caller on, while the caller's leg is still here.
    Optional<String> referral(ContactId contact) {
        return Optional.ofNullable(referrals.get(contact));
    }

    Optional<Call> callOfLeg(String leg) {
        return Optional.ofNullable(byCallerLeg.get(leg)).map(calls::get);
    }

    public Optional<DeviceLeg> device(LegId leg) {
        return Optional.ofNullable(devices.get(leg));
    }

    public NavigableMap<LegId, DeviceLeg> devices() {
        return Collections.unmodifiableNavigableMap(devices);
    }

    public Optional<Consult> consult(ContactId consult) {
        return Optional.ofNullable(consults.get(consult));
    }

    public Collection<Consult> consults() {
        return Collections.unmodifiableCollection(consults.values());
    }

    public Optional<Listener> listener(LegId leg) {
        return Optional.ofNullable(listeners.get(leg));
    }

    /// A snapshot: whoever walks through it may change it.
    public NavigableMap<LegId, Listener> listeners() {
        return new TreeMap<>(listeners);
    }

    /// Legs of this owner in browsers at other addresses than this one.
    List<LegId> legsOnFormerPages(PhoneOwner owner, String address) {
        Predicate<Optional<String>> former =
                phone -> phone.filter(page -> !page.equals(address)).isPresent();
        Stream<LegId> ofAgent = devices.entrySet().stream()
                .filter(entry -> PhoneOwner.of(entry.getValue().agent()).equals(owner))
                .filter(entry -> former.test(entry.getValue().phone()))
                .map(Map.Entry::getKey);
        Stream<LegId> ofSupervisor = listeners.entrySet().stream()
                .filter(entry -> PhoneOwner.of(entry.getValue().supervisor()).equals(owner))
                .filter(entry -> former.test(entry.getValue().phone()))
                .map(Map.Entry::getKey);
        return Stream.concat(ofAgent, ofSupervisor).toList();
    }

    /// Browsers that can be called, and where. A copy: whoever walks through it may change the state.
    NavigableMap<PhoneOwner, String> phones() {
        return new TreeMap<>(phones);
    }

    /// Where this owner's browser can be called; empty when it cannot be.
    public Optional<String> phone(PhoneOwner owner) {
        return Optional.ofNullable(phones.get(owner));
    }

    /// Since when no new calls are taken; empty while they are.
    public Optional<Instant> drainingSince() {
        return drainingSince;
    }

    /// Equal states have equal digests.
    public String digest() {
        String text =
                routing.digest() + '\n' + calls + '\n' + devices + '\n' + consults + '\n' + listeners + '\n' + phones;
        // What is as it always was goes unsaid: digests were kept before there was more to say.
        if (!referrals.isEmpty()) text += "\nreferrals " + referrals;
        if (drainingSince.isPresent()) text += "\ndraining since " + drainingSince.get();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
