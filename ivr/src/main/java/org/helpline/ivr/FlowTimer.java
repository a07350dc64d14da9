package org.helpline.ivr;

/// The timers of one call; starting one again replaces it.
public enum FlowTimer {
    /// Silence after a menu's prompt.
    PATIENCE,
    /// Next announcement of the place in line.
    ANNOUNCE,
    /// The whole time in menus.
    MENU_TIME,
    /// A play whose end is never told by the carrier.
    PLAY
}
