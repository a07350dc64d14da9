/// Composes the routing core and one flow per call into one deterministic machine.
///
/// Nothing in here knows a clock, a thread or a socket: an input and a time go in, events and actions come out. The
/// live owner, the simulation and the replay run the same code.
package org.helpline.app.switchboard;
