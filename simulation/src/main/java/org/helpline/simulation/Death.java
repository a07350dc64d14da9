package org.helpline.simulation;

/// When a process dies, counted from the moment in which it is meant to.
///
/// @param after how many more things of that kind come first; those between are done
/// @param sentIsDone whether commands and journal entries that are under way are carried out all the same
record Death(Moment moment, int after, boolean sentIsDone) {

    enum Moment {
        /// Between any two steps.
        BETWEEN_STEPS,
        /// A turn was decided, and its events never left the process.
        BEFORE_THE_APPEND,
        /// The journal has a turn, and its effects have not begun.
        BEFORE_THE_ACKNOWLEDGEMENT,
        /// Some of a turn's commands are out, and the others are not.
        BETWEEN_COMMANDS,
        /// Everything is out, and nobody was told.
        BEFORE_THE_LISTENERS
    }
}
