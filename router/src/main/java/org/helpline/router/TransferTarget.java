package org.helpline.router;

/// Where an agent hands a contact on to.
public sealed interface TransferTarget {

    record ToQueue(QueueId queue) implements TransferTarget {
        @Override
        public String toString() {
            return "queue " + queue;
        }
    }

    record ToAgent(AgentId agent) implements TransferTarget {
        @Override
        public String toString() {
            return "agent " + agent;
        }
    }

    /// Out of the domain, which ends our part of the contact.
    ///
    /// @param number 1 to 64 characters without white space; whether it may be called is for
    /// [DomainSettings#transferNumbers] to say
    record ToNumber(String number) implements TransferTarget {
        public ToNumber {
            Checks.id("number", number, 64);
        }

        /// Numbers are personal data: the last two digits are enough to tell two apart.
        @Override
        public String toString() {
            int hidden = number.length() <= 4 ? number.length() : number.length() - 2;
            return "number " + "*".repeat(hidden) + number.substring(hidden);
        }
    }
}
