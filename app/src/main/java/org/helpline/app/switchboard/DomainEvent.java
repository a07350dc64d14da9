package org.helpline.app.switchboard;

import java.time.Instant;
import java.util.Optional;
import org.helpline.ivr.FlowEvent;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.Event;
import org.helpline.router.EventParties;
import org.helpline.router.HelplineId;
import org.helpline.router.LegId;
import org.helpline.router.SupervisionMode;
import org.helpline.router.SupervisorId;

/// What the journal of a routing domain keeps, in one order for routing, flows and legs.
public sealed interface DomainEvent {
    Instant at();

    /// The contact it belongs to; empty for what concerns agents or the whole domain.
    Optional<ContactId> contact();

    /// An event of the routing core.
    record Routing(Event event) implements DomainEvent {
        @Override
        public Instant at() {
            return event.at();
        }

        @Override
        public Optional<ContactId> contact() {
            return EventParties.contacts(event).stream().findFirst();
        }
    }

    /// An event of one call's flow.
    record Flow(ContactId id, FlowEvent event) implements DomainEvent {
        @Override
        public Instant at() {
            return event.at();
        }

        @Override
        public Optional<ContactId> contact() {
            return Optional.of(id);
        }
    }

    /// Something about the legs of a call.
    sealed interface Leg extends DomainEvent {
        ContactId id();

        @Override
        default Optional<ContactId> contact() {
            return Optional.of(id());
        }
    }

    /// A caller's leg arrived.
    ///
    /// @param callerNumber personal data; empty when withheld
    record CallerArrived(
            Instant at, ContactId id, String leg, HelplineId helpline, String called, Optional<String> callerNumber)
            implements Leg {}

    record CallerGone(Instant at, ContactId id) implements Leg {}

    /// @param phone address of the browser that rang; empty when a desk phone did
    record DeviceRung(Instant at, ContactId id, AgentId agent, LegId leg, Optional<String> phone) implements Leg {}

    record DeviceUp(Instant at, ContactId id, LegId leg) implements Leg {}

    record DeviceGone(Instant at, ContactId id, LegId leg) implements Leg {}

    /// The leg is joined with the caller, or, under the id of a consult, with the agent who consults.
    record LegsBridged(Instant at, ContactId id, LegId leg) implements Leg {}

    record LegsParted(Instant at, ContactId id) implements Leg {}

    /// An agent's leg waits for somebody to be consulted. The consult has no call of its own.
    ///
    /// @param id of the consult
    /// @param of the contact it is about
    /// @param leg of the agent who consults
    record ConsultOpened(Instant at, ContactId id, ContactId of, LegId leg) implements Leg {}

    record ConsultClosed(Instant at, ContactId id) implements Leg {}

    /// A device's leg belongs to another contact from now on: it was consulted about this one.
    record DeviceMoved(Instant at, ContactId id, LegId leg) implements Leg {}

    /// @param phone address of the browser that rang; empty when a desk phone did
    record SupervisorRung(Instant at, ContactId id, SupervisorId supervisor, LegId leg, Optional<String> phone)
            implements Leg {}

    record SupervisorUp(Instant at, ContactId id, LegId leg) implements Leg {}

    /// The supervisor listens there from now on.
    ///
    /// @param agentLeg who is listened to
    /// @param snoop name of the listening; empty when the supervisor has joined the contact's bridge
    record SupervisorPlaced(
            Instant at, ContactId id, LegId leg, LegId agentLeg, SupervisionMode mode, Optional<String> snoop)
            implements Leg {}

    record SupervisorGone(Instant at, ContactId id, LegId leg) implements Leg {}

    /// Something about a browser as somebody's phone.
    sealed interface Phone extends DomainEvent {
        PhoneOwner owner();

        @Override
        default Optional<ContactId> contact() {
            return Optional.empty();
        }
    }

    record PhoneRegistered(Instant at, PhoneOwner owner, String address) implements Phone {}

    record PhoneGone(Instant at, PhoneOwner owner, String address) implements Phone {}

    /// Whether new calls are taken.
    sealed interface Drain extends DomainEvent {
        @Override
        default Optional<ContactId> contact() {
            return Optional.empty();
        }
    }

    /// New calls are handed back to the carrier's own fall-back from now on; those that are here are served.
    record DrainStarted(Instant at) implements Drain {}

    record DrainEnded(Instant at) implements Drain {}
}
