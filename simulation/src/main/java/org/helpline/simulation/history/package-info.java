/// Judges runs by what was seen from outside: by callers, at agents' sockets and phones, and in the contact records.
/// It uses no code of what it judges, and asks it nothing.
package org.helpline.simulation.history;
