package org.helpline.gateway;

import java.util.Arrays;
import java.util.Optional;
import org.helpline.gateway.MessageFields.Invalid;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.helpline.router.Input.Readiness;
import org.helpline.router.OfferId;
import org.helpline.router.QueueId;
import org.helpline.router.TransferMode;
import org.helpline.router.TransferTarget;

/// What an agent may ask for on its socket: for the routing domain to decide.
record AgentCommand(Type type, Input input) {

    enum Type {
        SET_STATE("set-state"),
        ACCEPT_OFFER("accept-offer"),
        REJECT_OFFER("reject-offer"),
        HOLD("hold"),
        UNHOLD("unhold"),
        TRANSFER("transfer"),
        COMPLETE_TRANSFER("complete-transfer"),
        CANCEL_TRANSFER("cancel-transfer"),
        MARK_VERIFIED("mark-verified"),
        HANG_UP("hang-up"),
        COMPLETE_WRAP_UP("complete-wrap-up"),
        SIGN_OUT("sign-out");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Optional<Type> of(String word) {
            return Arrays.stream(values())
                    .filter(type -> type.word.equals(word))
                    .findFirst();
        }
    }

    static AgentCommand read(Type type, MessageFields fields, AgentId agent, Catalogue catalogue) throws Invalid {
        AgentCommand command = new AgentCommand(type, input(type, fields, agent, catalogue));
        fields.nothingElse();
        return command;
    }

    private static Input input(Type type, MessageFields fields, AgentId agent, Catalogue catalogue) throws Invalid {
        return switch (type) {
            case SET_STATE -> setState(fields, agent);
            case ACCEPT_OFFER -> new Input.AcceptOffer(agent, fields.identifier("offerId", OfferId::new));
            case REJECT_OFFER ->
                new Input.RejectOffer(
                        agent,
                        fields.identifier("offerId", OfferId::new),
                        fields.optional("reason", ClientMessage.LONGEST_WORD));
            case HOLD -> new Input.Hold(agent, contact(fields));
            case UNHOLD -> new Input.Retrieve(agent, contact(fields));
            case TRANSFER ->
                new Input.Transfer(
                        agent,
                        contact(fields),
                        fields.object("to", AgentCommand::target),
                        fields.choice("mode", TransferMode.class));
            case COMPLETE_TRANSFER -> new Input.CompleteTransfer(agent, contact(fields));
            case CANCEL_TRANSFER -> new Input.CancelTransfer(agent, contact(fields));
            case HANG_UP -> new Input.HangUp(agent, contact(fields));
            case COMPLETE_WRAP_UP ->
                new Input.CompleteWrapUp(
                        agent, contact(fields), new InquiryFields(catalogue).read(fields, "inquiries"));
            case SIGN_OUT -> new Input.SignOut(agent);
            case MARK_VERIFIED -> new Input.VerifyCaller(agent, contact(fields));
        };
    }

    private static ContactId contact(MessageFields fields) throws Invalid {
        return fields.identifier("contactId", ContactId::new);
    }

    private static Input setState(MessageFields fields, AgentId agent) throws Invalid {
        Readiness readiness = fields.choice("state", Readiness.class);
        Optional<String> reason = fields.optional("reason", ClientMessage.LONGEST_WORD);
        if (readiness == Readiness.READY && reason.isPresent()) {
            throw Invalid.of("reason", reason.get(), "absent with state ready");
        }
        return new Input.SetAgentState(agent, readiness, reason);
    }

    /// Exactly one of queue, agent and number.
    private static TransferTarget target(MessageFields fields) throws Invalid {
        return switch (fields.theOne("queue", "agent", "number")) {
            case "queue" -> new TransferTarget.ToQueue(fields.identifier("queue", QueueId::new));
            case "agent" -> new TransferTarget.ToAgent(fields.identifier("agent", AgentId::new));
            default -> fields.identifier("number", TransferTarget.ToNumber::new);
        };
    }
}
