package org.helpline.simulation.history;

/// What must hold of every history, whatever died meanwhile.
public enum Rule {
    TALK_NOT_CUT("a restart cuts no talking call"),
    WAITING_NOT_LOST("who waits is never hung up on or sent away"),
    PLACE_KEPT("callers of one line are served in the order of their age, and keep it"),
    NO_AGENT_STUCK("no agent stays reserved or on contact with nobody"),
    ONE_OFFER_AT_A_TIME("a contact is with one agent at most, an offer goes to one agent and is accepted once"),
    ONE_CONTACT_AT_A_TIME("an agent has one contact at most"),
    NUMBERS_GROW("an agent's messages are numbered upwards, and who comes back misses none"),
    RECORDS_COMPLETE("each contact has one record, and it says what was seen"),
    MUSIC_GOES_ON("who waits hears nothing but the music while Helpline is away"),
    SILENCE_BOUNDED("no caller is left in silence"),
    ROUTING_AGAIN("after a death somebody routes again, soon");

    private final String says;

    Rule(String says) {
        this.says = says;
    }

    /// What it demands.
    public String says() {
        return says;
    }
}
