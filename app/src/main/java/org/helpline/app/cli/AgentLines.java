package org.helpline.app.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The gateway's messages as plain lines: whole sentences, the important thing first, nothing that is drawn
/// or that moves, so that a screen reader reads them as they come.
final class AgentLines {
    private AgentLines() {}

    static List<String> of(JsonObject message) {
        return switch (message.getString("type", "")) {
            case "welcome" -> welcome(message);
            case "agent-state" -> List.of("State: " + state(message) + ".");
            case "offer" -> offer(message);
            case "offer-ended" -> List.of("Offer " + words(message.getString("outcome")) + ".");
            case "contact" -> List.of(contact(message.getJsonObject("contact")));
            case "device" -> List.of(device(message.getJsonObject("device")));
            case "agent" -> List.of("A supervisor changed your languages or skills.");
            case "done" -> List.of("Done.");
            case "refused" -> List.of("Refused, " + message.getString("reason") + ": " + message.getString("message"));
            default -> List.of("The server says: " + message.encode());
        };
    }

    static List<String> welcome(JsonObject message) {
        List<String> lines = new ArrayList<>();
        JsonObject agent = message.getJsonObject("agent");
        lines.add("You are " + agent.getString("name") + " (" + agent.getString("agentId") + "), "
                + state(message.getJsonObject("state")) + ".");
        if (message.getBoolean("reset")) lines.add("What happened while you were away is not known any more.");
        objects(message.getJsonArray("contacts")).forEach(contact -> lines.add(contact(contact)));
        objects(message.getJsonArray("offers"))
                .forEach(offer -> lines.add(
                        "An offer waits: accept or reject within " + seconds(offer.getLong("expiresInMs")) + "."));
        return lines;
    }

    private static List<String> offer(JsonObject message) {
        JsonObject contact = message.getJsonObject("contact");
        List<String> lines = new ArrayList<>();
        lines.add("Offer: " + contact.getString("modality") + " call, language " + contact.getString("language")
                + ", need " + contact.getString("need", "not told") + ", caller "
                + contact.getJsonObject("caller").getString("number", "withheld") + ", waited "
                + seconds(contact.getLong("waitedMs")) + ".");
        lines.add("Helpline " + contact.getString("helpline") + ", queue " + contact.getString("queue") + ".");
        JsonArray path = contact.getJsonArray("path");
        if (!path.isEmpty()) {
            lines.add("Path: "
                    + objects(path).stream()
                            .map(step -> step.getString("step") + " " + step.getString("value"))
                            .collect(Collectors.joining(", then "))
                    + ".");
        }
        lines.add("Type accept or reject within " + seconds(message.getLong("expiresInMs")) + ".");
        return lines;
    }

    private static String contact(JsonObject contact) {
        String id = contact.getString("contactId");
        return switch (contact.getString("state")) {
            case "offered" -> "Call " + id + " is offered to you.";
            case "connecting" -> "Call " + id + ": your phone is called.";
            case "talking" -> "Call " + id + ": you are connected.";
            case "held" -> "Call " + id + ": the caller hears music." + consult(contact);
            case "wrap-up" ->
                "Call " + id + " is over. Say what it was about: wrap-up WHAT, then resolved or escalated.";
            case "ended" -> "Call " + id + " is closed for you.";
            default -> "Call " + id + ": " + contact.getString("state") + ".";
        };
    }

    private static String consult(JsonObject contact) {
        JsonObject consult = contact.getJsonObject("consult");
        if (consult != null) {
            String who = consult.getString("agent", "a colleague");
            return switch (consult.getString("state")) {
                case "talking" -> " You talk with " + who + ": complete, or cancel to take the call back.";
                default -> " " + who + " is asked, " + consult.getString("state") + ".";
            };
        }
        JsonObject transfer = contact.getJsonObject("transfer");
        return transfer == null ? "" : " The transfer is over, " + words(transfer.getString("outcome")) + ".";
    }

    private static String device(JsonObject device) {
        return device.getBoolean("reachable")
                ? "Your phone can be reached."
                : "Your phone cannot be reached: " + device.getString("why") + ".";
    }

    private static String state(JsonObject state) {
        String reason = state.getString("reason");
        return words(state.getString("state")) + (reason == null ? "" : ", reason " + reason);
    }

    private static String seconds(long millis) {
        long seconds = millis / 1_000;
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    private static String words(String kebab) {
        return kebab.replace('-', ' ');
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}
