package org.helpline.telephony.simulated;

import java.time.Duration;

/// What a device does when it is called.
public sealed interface DeviceBehaviour {

    /// Rings and answers.
    record Answers(Duration after) implements DeviceBehaviour {}

    /// Rings until the caller of the device gives up.
    record RingsOn() implements DeviceBehaviour {}

    record Busy() implements DeviceBehaviour {}

    /// Rings and is then declined.
    record Rejects(Duration after) implements DeviceBehaviour {}

    /// Nobody there: the carrier says so at once.
    record Absent() implements DeviceBehaviour {}

    /// Neither rings nor replies; the call to it ends when its time is over.
    record Silent() implements DeviceBehaviour {}
}
