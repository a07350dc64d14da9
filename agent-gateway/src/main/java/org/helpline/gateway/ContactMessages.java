package org.helpline.gateway;

import static org.helpline.gateway.MessageFields.word;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.helpline.gateway.CallerHistory.Previous;
import org.helpline.router.AgentId;
import org.helpline.router.ContactContext;
import org.helpline.router.ContactId;
import org.helpline.router.Input.InquiryOutcome;
import org.helpline.router.Requirements;
import org.helpline.router.RoutingState;
import org.helpline.router.RoutingState.ContactState;
import org.helpline.router.RoutingState.ContactView;
import org.helpline.router.RoutingState.SupervisionView;
import org.helpline.router.SupervisionMode;
import org.helpline.router.TransferTarget;

/// Writes contacts as their agents see them. What changes with the clock alone is written apart, so that one telling
/// can be compared with the next.
final class ContactMessages {
    private final RoutingState replica;
    private final CallerFacts callers;

    ContactMessages(RoutingState replica, CallerFacts callers) {
        this.replica = replica;
        this.callers = callers;
    }

    /// A contact that is offered: nobody has it in hand yet.
    JsonObject offered(ContactView contact, Instant now) {
        return facts(contact, Optional.empty(), false).put("waitedMs", waitedMs(contact, now));
    }

    JsonObject inHand(ContactInHand hand, Instant now) {
        return timed(facts(hand), hand, now);
    }

    /// For its agent it is over, wherever it goes from there.
    JsonObject ended(ContactInHand hand, Instant now) {
        return facts(hand.view(), Optional.of(hand), true).put("waitedMs", waitedMs(hand.view(), now));
    }

    /// Without what changes with the clock.
    JsonObject facts(ContactInHand hand) {
        return facts(hand.view(), Optional.of(hand), false);
    }

    JsonObject timed(JsonObject facts, ContactInHand hand, Instant now) {
        JsonObject json = facts.copy().put("waitedMs", waitedMs(hand.view(), now));
        hand.since().ifPresent(since -> json.put("sinceMs", ServerMessage.millisUntil(now, since)));
        hand.wrapUpEndsAt().ifPresent(end -> json.put("expiresInMs", ServerMessage.millisUntil(end, now)));
        hand.consult()
                .ifPresent(open ->
                        json.getJsonObject("consult").put("sinceMs", ServerMessage.millisUntil(now, open.since())));
        return json;
    }

    private JsonObject facts(ContactView contact, Optional<ContactInHand> hand, boolean ended) {
        ContactContext context = contact.context();
        Requirements requirements = contact.requirements();
        JsonObject caller = new JsonObject();
        context.callerNumber().ifPresent(number -> caller.put("number", number));
        if (callers.verified(contact)) caller.put("verification", "passed");
        JsonObject json = new JsonObject()
                .put("contactId", contact.id().value())
                .put("helpline", context.helpline().value())
                .put("queue", contact.queue().value())
                .put("modality", word(requirements.modality()))
                .put("language", requirements.language().tag())
                .put("state", ended ? "ended" : state(contact.state()))
                .put("caller", caller);
        context.need().ifPresent(need -> json.put("need", need));
        json.put("requirements", requirements(requirements))
                .put("relaxed", new JsonArray())
                .put("participants", participants(contact, ended))
                .put("path", path(context))
                .put("previous", previous(contact));
        contact.consultOf().ifPresent(of -> json.put("consultOf", of.value()));
        if (contact.state() == ContactState.WRAP_UP && goesOn(contact.id())) json.put("goesOn", true);
        hand.flatMap(ContactInHand::consult).ifPresent(open -> json.put("consult", consult(open)));
        hand.flatMap(ContactInHand::handedOn)
                .ifPresent(done -> json.put(
                        "transfer",
                        new JsonObject()
                                .put("to", target(done.to()))
                                .put("mode", done.mode())
                                .put("outcome", done.outcome())));
        return json;
    }

    /// Another agent has it, or it waits for one.
    private boolean goesOn(ContactId contact) {
        return replica.contact(contact)
                .filter(view -> view.state() != ContactState.WRAP_UP)
                .isPresent();
    }

    private JsonObject consult(ContactInHand.Consult open) {
        JsonObject json = new JsonObject()
                .put("consultId", open.id().value())
                .put("to", target(open.to()))
                .put("state", open.state());
        replica.contact(open.id()).flatMap(ContactView::agent).ifPresent(agent -> json.put("agent", agent.value()));
        return json;
    }

    private static JsonObject target(TransferTarget to) {
        return switch (to) {
            case TransferTarget.ToQueue(var queue) -> new JsonObject().put("queue", queue.value());
            case TransferTarget.ToAgent(var agent) -> new JsonObject().put("agent", agent.value());
            case TransferTarget.ToNumber(var number) -> new JsonObject().put("number", number);
        };
    }

    private static long waitedMs(ContactView contact, Instant now) {
        return ServerMessage.millisUntil(contact.connectedAt().orElse(now), contact.waitingSince());
    }

    static String state(ContactState state) {
        return switch (state) {
            case WAITING -> "waiting";
            case OFFERED -> "offered";
            // A lost agent who comes back finds the device being called again.
            case CONNECTING, AGENT_LOST -> "connecting";
            case TALKING -> "talking";
            case HELD -> "held";
            case WRAP_UP -> "wrap-up";
        };
    }

    /// The caller, the agent whose contact it is, one who is consulted, and supervisors whom the agent can hear.
    private JsonArray participants(ContactView contact, boolean ended) {
        JsonArray participants = new JsonArray();
        if (contact.consultOf().isPresent()) {
            participants.add(participant("caller", "caller", ended ? "left" : "held"));
            contact.consultOf()
                    .flatMap(replica::contact)
                    .flatMap(ContactView::agent)
                    .ifPresent(by -> participants.add(participant(by.value(), "agent", ended ? "left" : "talking")));
            contact.agent()
                    .ifPresent(agent ->
                            participants.add(participant(agent.value(), "consulted", agentState(contact, ended))));
        } else {
            participants.add(participant("caller", "caller", callerState(contact, ended)));
            contact.agent()
                    .ifPresent(
                            agent -> participants.add(participant(agent.value(), "agent", agentState(contact, ended))));
            contact.consult()
                    .flatMap(replica::contact)
                    .ifPresent(consult -> consult.agent()
                            .ifPresent(agent -> participants.add(
                                    participant(agent.value(), "consulted", agentState(consult, ended)))));
        }
        if (!ended) contact.agent().ifPresent(agent -> supervisors(contact.id(), agent, participants));
        return participants;
    }

    /// Who only listens is not shown to the agent.
    private void supervisors(ContactId contact, AgentId agent, JsonArray participants) {
        replica.supervisions().stream()
                .filter(view -> view.contact().equals(contact) && view.agent().equals(agent) && view.listening())
                .filter(view -> view.mode() != SupervisionMode.MONITOR)
                .map(SupervisionView::supervisor)
                .forEach(supervisor -> participants.add(participant(supervisor.value(), "supervisor", "talking")));
    }

    private static JsonObject participant(String id, String role, String state) {
        return new JsonObject().put("participantId", id).put("role", role).put("state", state);
    }

    private static String callerState(ContactView contact, boolean ended) {
        if (ended) return "left";
        return switch (contact.state()) {
            case WAITING, OFFERED, CONNECTING, AGENT_LOST -> "waiting";
            case TALKING -> "talking";
            case HELD -> "held";
            case WRAP_UP -> "left";
        };
    }

    private static String agentState(ContactView contact, boolean ended) {
        if (ended) return "left";
        return switch (contact.state()) {
            case WAITING, OFFERED -> "offered";
            case CONNECTING -> "ringing";
            case TALKING, HELD -> "talking";
            case AGENT_LOST -> contact.leg().isPresent() ? "ringing" : "lost";
            case WRAP_UP -> "left";
        };
    }

    private static JsonObject requirements(Requirements requirements) {
        JsonArray skills = new JsonArray();
        requirements
                .skills()
                .forEach(needed -> skills.add(new JsonObject()
                        .put("skill", needed.skill().value())
                        .put("minimumLevel", needed.minimumLevel())));
        return new JsonObject()
                .put("language", requirements.language().tag())
                .put("modality", word(requirements.modality()))
                .put("skills", skills);
    }

    private static JsonArray path(ContactContext context) {
        JsonArray path = new JsonArray();
        context.path()
                .forEach(step -> path.add(new JsonObject()
                        .put("at", step.at().toString())
                        .put("step", step.step())
                        .put("value", step.value())));
        return path;
    }

    private JsonArray previous(ContactView contact) {
        boolean verified = callers.verified(contact);
        JsonArray previous = new JsonArray();
        callers.previous(contact).forEach(earlier -> previous.add(previous(earlier, verified)));
        return previous;
    }

    /// Phones are shared: until the agent has made sure who calls, only when it was and what it was about.
    private static JsonObject previous(Previous earlier, boolean verified) {
        JsonObject json = new JsonObject().put("at", earlier.at().toString());
        if (!earlier.topics().isEmpty()) json.put("topic", String.join("; ", earlier.topics()));
        if (!verified) return json;
        earlier.detail().ifPresent(detail -> {
            json.put("queue", detail.queue().value())
                    .put("language", detail.language().tag())
                    .put("talkedMs", detail.talked().toMillis());
            if (!detail.inquiries().isEmpty()) {
                boolean escalated =
                        detail.inquiries().stream().anyMatch(one -> one.outcome() == InquiryOutcome.ESCALATED);
                json.put("outcome", word(escalated ? InquiryOutcome.ESCALATED : InquiryOutcome.RESOLVED));
            }
            String notes = detail.inquiries().stream()
                    .flatMap(one -> one.notes().stream())
                    .collect(Collectors.joining("\n"));
            if (!notes.isEmpty()) json.put("notes", notes);
        });
        return json;
    }
}
