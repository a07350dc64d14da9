package org.helpline.app.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// What an agent types, as messages to the gateway.
final class AgentWords {
    static final List<String> HELP = List.of(
            "ready                 take calls",
            "not-ready [REASON]    take none, for a reason in your own words",
            "accept                take the offer",
            "reject [REASON]       leave the offer to somebody else",
            "hold                  let the caller hear music",
            "unhold                talk with the caller again",
            "transfer QUEUE        hand the call on at once; transfer agent NAME or transfer number NUMBER likewise",
            "consult QUEUE         ask a colleague of that queue first; consult agent NAME likewise",
            "complete              let the caller go on with the colleague",
            "cancel                take the call back; then unhold to talk",
            "hang-up               end the call",
            "wrap-up WHAT [resolved | escalated]    say what the call was about (resolved unless said otherwise)",
            "state                 say again where you are",
            "sign-out              sign out and leave",
            "quit                  leave; if you do not come back you are made not ready",
            "help                  these words");

    private AgentWords() {}

    /// What is at hand, to know what `accept` or `hang-up` mean.
    record AtHand(Optional<String> offer, Optional<String> contact) {}

    sealed interface Typed {
        /// To the gateway, still without its id.
        record Send(JsonObject message) implements Typed {}

        record ShowHelp() implements Typed {}

        record ShowState() implements Typed {}

        record Quit() implements Typed {}

        record Nothing() implements Typed {}

        /// Not understood, or not possible now.
        record Unclear(String why) implements Typed {}
    }

    static Typed read(String line, AtHand atHand) {
        String[] words = line.strip().split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "" -> new Typed.Nothing();
            case "ready" -> send("set-state").with("state", "ready").end();
            case "not-ready" ->
                send("set-state")
                        .with("state", "not-ready")
                        .unlessEmpty("reason", rest)
                        .end();
            case "accept" ->
                atHand.offer()
                        .map(offer ->
                                send("accept-offer").with("offerId", offer).end())
                        .orElseGet(AgentWords::noOffer);
            case "reject" ->
                atHand.offer()
                        .map(offer -> send("reject-offer")
                                .with("offerId", offer)
                                .unlessEmpty("reason", rest)
                                .end())
                        .orElseGet(AgentWords::noOffer);
            case "hang-up" -> onContact(atHand, "hang-up");
            case "hold" -> onContact(atHand, "hold");
            case "unhold" -> onContact(atHand, "unhold");
            case "complete" -> onContact(atHand, "complete-transfer");
            case "cancel" -> onContact(atHand, "cancel-transfer");
            case "transfer" ->
                atHand.contact().map(contact -> transfer(contact, rest, "cold")).orElseGet(AgentWords::noContact);
            case "consult" ->
                atHand.contact().map(contact -> transfer(contact, rest, "warm")).orElseGet(AgentWords::noContact);
            case "wrap-up" ->
                atHand.contact().map(contact -> wrapUp(contact, rest)).orElseGet(AgentWords::noContact);
            case "sign-out" -> send("sign-out").end();
            case "state" -> new Typed.ShowState();
            case "help", "?" -> new Typed.ShowHelp();
            case "quit", "exit" -> new Typed.Quit();
            default -> new Typed.Unclear("There is no word " + words[0] + ". Type help for the words there are.");
        };
    }

    private static Typed onContact(AtHand atHand, String type) {
        return atHand.contact()
                .map(contact -> send(type).with("contactId", contact).end())
                .orElseGet(AgentWords::noContact);
    }

    /// A word alone is a queue.
    private static Typed transfer(String contact, String rest, String mode) {
        String[] words = rest.strip().split("\\s+", 3);
        boolean kind = words.length == 2 && List.of("queue", "agent", "number").contains(words[0]);
        if (rest.isBlank() || (words.length != 1 && !kind)) {
            return new Typed.Unclear("Say where to, such as: transfer snap, or transfer agent agent2");
        }
        JsonObject to = new JsonObject().put(kind ? words[0] : "queue", words[words.length - 1]);
        return send("transfer")
                .with("contactId", contact)
                .with("to", to)
                .with("mode", mode)
                .end();
    }

    private static Typed wrapUp(String contact, String rest) {
        String outcome = "resolved";
        String what = rest;
        int last = rest.lastIndexOf(' ');
        String tail = rest.substring(last + 1);
        if (last > 0 && (tail.equals("resolved") || tail.equals("escalated"))) {
            outcome = tail;
            what = rest.substring(0, last).strip();
        }
        if (what.isEmpty()) return new Typed.Unclear("Say what the call was about, such as: wrap-up SNAP resolved");
        JsonObject inquiry = new JsonObject().put("inquiry", what).put("outcome", outcome);
        return send("complete-wrap-up")
                .with("contactId", contact)
                .with("inquiries", new JsonArray().add(inquiry))
                .end();
    }

    private static Typed noOffer() {
        return new Typed.Unclear("There is no offer to answer.");
    }

    private static Typed noContact() {
        return new Typed.Unclear("You have no call.");
    }

    private static Draft send(String type) {
        return new Draft(new JsonObject().put("type", type));
    }

    private record Draft(JsonObject message) {
        Draft with(String field, Object value) {
            message.put(field, value);
            return this;
        }

        Draft unlessEmpty(String field, String value) {
            return value.isEmpty() ? this : with(field, value);
        }

        Typed end() {
            return new Typed.Send(message);
        }
    }
}
