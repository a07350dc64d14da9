package org.helpline.router;

import java.util.Optional;
import org.helpline.router.Event.ContactOutcome;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.TransferTarget.ToAgent;
import org.helpline.router.TransferTarget.ToNumber;
import org.helpline.router.TransferTarget.ToQueue;

/// Contacts that are handed on; warm ones go on in [Consults].
///
/// Language and modality are never given up on the way; skills are those that the new queue asks for, and none
/// when the agent chose the other agent itself. The contact keeps its age.
final class Transfers {
    /// Consults that one contact may have; who needs more does not find anybody.
    static final int MOST_CONSULTS = 20;

    private Transfers() {}

    static void transfer(TurnDraft turn, Input.Transfer transfer) {
        Refusals.ownContact(turn, transfer.agent(), transfer.contact()).ifPresent(contact -> {
            if (Refusals.consulted(turn, contact)) return;
            if (contact.state() != ContactState.TALKING && contact.state() != ContactState.HELD) {
                Refusals.wrongState(turn, contact, "it can be transferred while it is TALKING or HELD");
            } else if (contact.consult().isPresent()) {
                turn.refuse(
                        "already-consulting",
                        "consult " + contact.consult().get().id() + " is open for contact " + contact.id()
                                + "; complete or cancel it first");
            } else if (mayGoTo(turn, contact, transfer)) {
                switch (transfer.mode()) {
                    case COLD -> cold(turn, contact, transfer.to());
                    case WARM -> Consults.start(turn, contact, transfer.to());
                }
            }
        });
    }

    // ---- what is refused

    private static boolean mayGoTo(TurnDraft turn, Contact contact, Input.Transfer transfer) {
        boolean warm = transfer.mode() == TransferMode.WARM;
        if (warm && contact.consultsStarted() >= MOST_CONSULTS) {
            turn.refuse(
                    "too-many-consults",
                    "contact " + contact.id() + " had " + MOST_CONSULTS + " consults; no more may");
            return false;
        }
        return switch (transfer.to()) {
            case ToQueue to -> mayGoTo(turn, contact, to.queue());
            case ToAgent to -> mayGoTo(turn, contact, to.agent());
            case ToNumber to -> mayGoTo(turn, to, warm);
        };
    }

    private static boolean mayGoTo(TurnDraft turn, Contact contact, QueueId id) {
        Optional<QueueSettings> queue = turn.tables().queue(id);
        if (queue.isEmpty()) {
            Refusals.unknownQueue(turn, id);
            return false;
        }
        return !Refusals.closedQueue(turn, id)
                && !Refusals.fullQueue(turn, queue.get(), DomainTables.requirementsIn(contact, queue.get()));
    }

    private static boolean mayGoTo(TurnDraft turn, Contact contact, AgentId id) {
        Optional<Agent> found = turn.tables().agent(id).filter(agent -> !agent.retired());
        Requirements wanted = contact.requirements();
        if (found.isEmpty()) {
            Refusals.unknownAgent(turn, id);
        } else if (found.get() == contact.agent()) {
            turn.refuse("to-itself", "agent " + id + " has contact " + contact.id() + " in hand already");
        } else if (!found.get().settings().languages().contains(wanted.language())) {
            turn.refuse(
                    "agent-lacks-language",
                    "contact " + contact.id() + " needs language " + wanted.language() + ", agent " + id + " has "
                            + found.get().settings().languages());
        } else if (!found.get().settings().modalities().contains(wanted.modality())) {
            turn.refuse(
                    "agent-lacks-modality",
                    "contact " + contact.id() + " needs modality " + wanted.modality() + ", agent " + id + " takes "
                            + found.get().settings().modalities());
        } else if (!found.get().available()) {
            turn.refuse(
                    "agent-not-available",
                    "agent " + id + " is " + found.get().state()
                            + (found.get().connected() ? "" : " and not connected")
                            + "; a contact goes to an agent who is READY");
        } else {
            return !suspended(turn);
        }
        return false;
    }

    private static boolean mayGoTo(TurnDraft turn, ToNumber to, boolean warm) {
        boolean allowed = turn.tables().settings().map(DomainSettings::transferNumbers).stream()
                .flatMap(patterns -> patterns.stream())
                .anyMatch(pattern -> NumberPattern.matches(pattern, to.number()));
        if (warm) {
            turn.refuse("warm-to-number", "a transfer to a number ends our part of the contact; its mode is COLD");
        } else if (!allowed) {
            turn.refuse(
                    "number-not-allowed",
                    to + " is not among the numbers that this domain allows transfers to (transferNumbers)");
        } else {
            return !suspended(turn);
        }
        return false;
    }

    private static boolean suspended(TurnDraft turn) {
        if (!turn.tables().offersSuspended()) return false;
        turn.refuse("offers-suspended", "the carrier is away and nobody can be called; a queue takes the contact");
        return true;
    }

    // ---- handing on

    static Requirements requirements(TurnDraft turn, Contact contact, TransferTarget to) {
        return switch (to) {
            case ToQueue queue ->
                DomainTables.requirementsIn(contact, turn.tables().queueRows().get(queue.queue()));
            case ToAgent _, ToNumber _ -> turn.tables().requirementsNow(contact);
        };
    }

    static void cold(TurnDraft turn, Contact contact, TransferTarget to) {
        Agent from = contact.agent();
        Requirements requirements = requirements(turn, contact, to);
        Devices.release(turn, contact);
        turn.emit(new Event.ContactTransferred(turn.now(), contact.id(), from.id(), to, requirements));
        switch (to) {
            case ToQueue _ -> turn.effect(new Effect.ReturnToWaiting(contact.id()));
            case ToAgent one -> {
                turn.effect(new Effect.ReturnToWaiting(contact.id()));
                Offers.make(
                        turn,
                        contact,
                        Selection.only(turn.tables().agent(one.agent()).orElseThrow()));
            }
            case ToNumber out -> {
                turn.emit(new Event.ContactEnded(turn.now(), contact.id(), ContactOutcome.TRANSFERRED_OUT));
                turn.effect(new Effect.ReferCaller(contact.id(), out.number()));
            }
        }
        WrapUps.start(turn, from);
    }
}
