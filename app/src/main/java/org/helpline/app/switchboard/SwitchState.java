package org.helpline.app.switchboard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.helpline.ivr.FlowMachine;
import org.helpline.ivr.FlowState;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.HelplineId;
import org.helpline.router.LegId;
import org.helpline.router.RoutingState;

/// All a domain knows: routing, and for each call its legs and its place in the flow. Changed by [#apply] alone.
public final class SwitchState {
    private final RoutingState routing = new RoutingState();
    private final NavigableMap<ContactId, Call> calls = new TreeMap<>();
    private final Map<String, ContactId> byCallerLeg = new HashMap<>();
    private final NavigableMap<LegId, DeviceLeg> devices = new TreeMap<>();
    private final NavigableMap<PhoneOwner, String> phones = new TreeMap<>();

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

    /// Whether the leg belongs to a call or a device here.
    public boolean knows(String leg) {
        return byCallerLeg.containsKey(leg) || devices.containsKey(new LegId(leg));
    }

    public void apply(DomainEvent event) {
        switch (event) {
            case DomainEvent.Routing e -> routing.apply(e.event());
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
            case DomainEvent.LegsBridged e ->
                calls.computeIfPresent(e.id(), (_, call) -> call.with(Optional.of(e.leg())));
            case DomainEvent.LegsParted e -> calls.computeIfPresent(e.id(), (_, call) -> call.with(Optional.empty()));
            case DomainEvent.PhoneRegistered e -> phones.put(e.owner(), e.address());
            case DomainEvent.PhoneGone e -> phones.remove(e.owner(), e.address());
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

    Optional<Call> callOfLeg(String leg) {
        return Optional.ofNullable(byCallerLeg.get(leg)).map(calls::get);
    }

    public Optional<DeviceLeg> device(LegId leg) {
        return Optional.ofNullable(devices.get(leg));
    }

    public NavigableMap<LegId, DeviceLeg> devices() {
        return Collections.unmodifiableNavigableMap(devices);
    }

    /// Where this owner's browser can be called; empty when it cannot be.
    public Optional<String> phone(PhoneOwner owner) {
        return Optional.ofNullable(phones.get(owner));
    }

    /// Equal states have equal digests.
    public String digest() {
        String text = routing.digest() + '\n' + calls + '\n' + devices + '\n' + phones;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
