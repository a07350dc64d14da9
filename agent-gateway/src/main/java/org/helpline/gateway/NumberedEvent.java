package org.helpline.gateway;

import org.helpline.router.Event;

/// @param entry its place in the domain's journal
public record NumberedEvent(long entry, Event event) {}
