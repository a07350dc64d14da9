package org.helpline.simulation;

/// What must hold, whatever happens.
public enum Invariant {
    /// A contact is with one agent at most, and an agent with one contact at most: that is its capacity.
    ONE_CONTACT_ONE_AGENT,
    /// Whoever is offered or given a contact speaks its language, takes its modality and has its skills.
    HARD_REQUIREMENTS,
    /// An offer is made once, to an agent who may have it, and ends once.
    OFFER_ENDS_ONCE,
    /// A reserved agent has an offer or a ringing device, one on contact has a contact, one in wrap-up a
    /// wrap-up.
    NO_IDLE_RESERVATION,
    /// A contact that is not over has a caller, and a caller whom the flow lets wait has a contact.
    CONTACT_HAS_OWNER,
    /// A consult is about a contact that its agent holds, and never outlives it; its caller is with nobody else.
    CONSULT_HAS_CONTACT,
    /// A supervisor listens in on a contact while one agent has it in hand, and changes nothing by it.
    LISTENERS_HEAR_SOMEBODY,
    /// Nobody enters a closed queue.
    CLOSED_QUEUES,
    /// Nobody waits beside a ready agent who may serve them, nor behind someone who came later.
    SERVED_IN_TURN,
    /// Every state that must not last has a timer that ends it.
    BOUNDED_BY_TIMER,
    /// A device leg belongs to the contact and the agent that it rings for.
    DEVICE_HAS_CONTACT,
    /// What happened adds up: arrived = over + present, queued = handled + abandoned + transferred out + present.
    CONSERVATION,
    /// The state is what the events say.
    STATE_FOLLOWS_EVENTS,
    /// No turn ends by an exception.
    NO_DEFECT,
    /// At the carrier a bridge joins one caller and one device of the same contact.
    BRIDGED_RIGHTLY,
    /// A caller always hears something.
    NOBODY_IN_SILENCE,
    /// When all callers are gone nothing is left: no leg, no bridge, no offer, no reserved agent, no timer.
    DRAINED
}
