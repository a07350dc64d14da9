package org.helpline.app.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.helpline.router.AgentId;
import org.helpline.router.AgentState;
import org.helpline.router.ContactId;
import org.helpline.router.Event;

/// What each agent's part of a contact took: talk, hold and wrap-up, charged to whom they belong. An agent
/// has one contact in hand at a time.
final class HandlingTimes {
    private enum Clock {
        TALK,
        HOLD,
        STOPPED,
        WRAP_UP
    }

    private static final class Part {
        private final ContactId contact;
        private final RowMeters row;
        private Clock runs = Clock.STOPPED;
        private Instant since = Instant.MIN;
        private Duration talk = Duration.ZERO;
        private Duration hold = Duration.ZERO;
        private Duration wrapUp = Duration.ZERO;

        Part(ContactId contact, RowMeters row) {
            this.contact = contact;
            this.row = row;
        }

        void run(Clock next, Instant at) {
            switch (runs) {
                case TALK -> talk = talk.plus(Duration.between(since, at));
                case HOLD -> hold = hold.plus(Duration.between(since, at));
                case WRAP_UP -> wrapUp = wrapUp.plus(Duration.between(since, at));
                case STOPPED -> {}
            }
            runs = next;
            since = at;
        }
    }

    private final ContactMetrics contacts;
    private final Map<AgentId, Part> parts = new HashMap<>();
    private final Map<ContactId, AgentId> inHand = new HashMap<>();

    /// @param contacts tells the row of a contact, and must have heard each event before
    HandlingTimes(ContactMetrics contacts) {
        this.contacts = contacts;
    }

    void connected(Event.ContactConnected e) {
        begin(e.contact(), e.agent(), e.at());
    }

    private void begin(ContactId contact, AgentId agent, Instant at) {
        RowMeters row = contacts.rowOf(contact);
        if (row == null) return;
        Part part = parts.get(agent);
        if (part == null || !part.contact.equals(contact)) {
            part = new Part(contact, row);
            parts.put(agent, part);
        }
        inHand.put(contact, agent);
        part.run(Clock.TALK, at);
    }

    void held(Event.ContactHeld e) {
        run(e.contact(), e.agent(), Clock.HOLD, e.at());
    }

    void retrieved(Event.ContactRetrieved e) {
        run(e.contact(), e.agent(), Clock.TALK, e.at());
    }

    void agentLost(Event.AgentLost e) {
        run(e.contact(), e.agent(), Clock.STOPPED, e.at());
    }

    void transferred(Event.ContactTransferred e) {
        run(e.contact(), e.from(), Clock.STOPPED, e.at());
        inHand.remove(e.contact());
    }

    void transferCompleted(Event.TransferCompleted e) {
        run(e.contact(), e.from(), Clock.STOPPED, e.at());
        begin(e.contact(), e.to(), e.at());
    }

    /// The agent lost the contact without a wrap-up.
    void requeued(Event.ContactRequeued e) {
        AgentId agent = inHand.remove(e.contact());
        if (agent == null) return;
        run(e.contact(), agent, Clock.STOPPED, e.at());
        finish(agent);
    }

    void ended(Event.ContactEnded e) {
        AgentId agent = inHand.remove(e.contact());
        if (agent != null) run(e.contact(), agent, Clock.STOPPED, e.at());
    }

    void wrapUpStarted(Event.WrapUpStarted e) {
        run(e.contact(), e.agent(), Clock.WRAP_UP, e.at());
    }

    void wrapUpCompleted(Event.WrapUpCompleted e) {
        run(e.contact(), e.agent(), Clock.STOPPED, e.at());
        Part part = parts.get(e.agent());
        if (part != null && part.contact.equals(e.contact())) finish(e.agent());
    }

    /// An agent who is free again without a wrap-up has finished, too.
    void agentState(Event.AgentStateChanged e) {
        Part part = parts.get(e.agent());
        boolean busy = e.state() == AgentState.WRAP_UP || e.state() == AgentState.ON_CONTACT;
        if (part != null && part.runs == Clock.STOPPED && !busy && !e.agent().equals(inHand.get(part.contact))) {
            finish(e.agent());
        }
    }

    private void run(ContactId contact, AgentId agent, Clock next, Instant at) {
        Part part = parts.get(agent);
        if (part != null && part.contact.equals(contact)) part.run(next, at);
    }

    private void finish(AgentId agent) {
        Part part = parts.remove(agent);
        part.row.handled(part.talk, part.hold, part.wrapUp);
    }
}
