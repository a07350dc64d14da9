package org.helpline.router;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;

/// What must hold after every turn of lines, legs, consults and listening in, as the state shows them.
final class HandOverInvariants {
    private final RoutingState state;

    HandOverInvariants(RoutingState state) {
        this.state = state;
    }

    void checkLegs(List<ContactView> contacts, Set<LegId> legsAtTheEdge) {
        var owned = new HashSet<LegId>();
        contacts.forEach(contact -> contact.leg()
                .ifPresent(leg -> DomainInvariants.hold(owned.add(leg), () -> leg + " belongs to two contacts")));
        state.supervisions()
                .forEach(one -> DomainInvariants.hold(owned.add(one.leg()), () -> one + " has another's leg"));
        for (LegId leg : legsAtTheEdge)
            DomainInvariants.hold(owned.contains(leg), () -> "nobody will ever release " + leg);
    }

    void checkPositions(List<ContactView> contacts) {
        var behind = new HashMap<List<Object>, Integer>();
        for (ContactView contact : contacts) {
            // The contact may be waiting for somebody else meanwhile.
            if (contact.state() == ContactState.WRAP_UP) continue;
            Requirements wanted = contact.requirements();
            int position = contact.state() == ContactState.WAITING
                    ? behind.merge(List.of(contact.queue(), wanted.language(), wanted.modality()), 1, Integer::sum)
                    : 0;
            DomainInvariants.hold(state.position(contact.id()) == position, () -> contact.id() + " is at " + position);
        }
    }

    /// A caller is held while its agent consults, and nobody else has that caller.
    void checkConsults(List<ContactView> contacts, long started) {
        var live = new HashMap<ContactId, ContactView>();
        for (ContactView contact : contacts) {
            if (contact.state() == ContactState.WRAP_UP) continue;
            DomainInvariants.hold(live.put(contact.id(), contact) == null, () -> contact.id() + " is with two agents");
        }
        long open = live.values().stream()
                .filter(contact -> contact.consultOf().isPresent())
                .count();
        DomainInvariants.hold(started == open, () -> started + " consults are open, in the state " + open);
        live.values().forEach(contact -> {
            contact.consult().ifPresent(id -> {
                ContactView consult = live.get(id);
                DomainInvariants.hold(
                        consult != null, () -> contact.id() + " consults on " + id + ", which is not there");
                DomainInvariants.hold(
                        consult.consultOf().equals(Optional.of(contact.id())), () -> id + " is another's");
                DomainInvariants.hold(
                        contact.state() == ContactState.HELD,
                        () -> contact.id() + " consults and is " + contact.state());
                DomainInvariants.hold(
                        !contact.agent().equals(consult.agent()), () -> contact.id() + " consults itself");
            });
            contact.consultOf().ifPresent(of -> {
                ContactView parent = live.get(of);
                DomainInvariants.hold(parent != null, () -> contact.id() + " outlives " + of);
                DomainInvariants.hold(
                        parent.consult().equals(Optional.of(contact.id())), () -> contact.id() + " is left behind");
                DomainInvariants.hold(
                        contact.state() != ContactState.HELD && contact.state() != ContactState.AGENT_LOST,
                        () -> contact.id() + " is " + contact.state());
                Requirements wanted = parent.requirements();
                DomainInvariants.hold(
                        Lane.of(wanted).equals(Lane.of(contact.requirements())),
                        () -> contact.id() + " wants " + contact.requirements() + " of " + wanted);
            });
        });
    }

    void checkSupervisions() {
        state.supervisions().forEach(one -> {
            Optional<ContactView> contact = state.contact(one.contact(), one.agent())
                    .filter(held -> held.state() == ContactState.TALKING || held.state() == ContactState.HELD);
            DomainInvariants.hold(contact.isPresent(), () -> one + " hears nobody");
        });
    }

    void checkSupervisorsChangeNothing(Optional<Input> input, Turn turn) {
        boolean byOne = input.filter(i -> i instanceof Input.Supervise || i instanceof Input.EndSupervision)
                .isPresent();
        if (!byOne) return;
        for (Event event : turn.events()) {
            boolean own = event instanceof Event.SupervisionRequested
                    || event instanceof Event.SupervisionChanged
                    || event instanceof Event.SupervisionEnded
                    || event instanceof Event.TimerStarted
                    || event instanceof Event.TimerCancelled;
            DomainInvariants.hold(own, () -> "listening in changes nothing, but " + event);
        }
    }
}
