/// A carrier in process: callers and devices are objects that a test, a simulation or the demo moves.
package org.helpline.telephony.simulated;
