package org.helpline.telephony.simulated;

import java.time.Duration;
import java.util.Set;
import org.helpline.telephony.CallControl.Capability;

/// @param latency from a command to its effect, and from a happening to its event
/// @param promptLength how long each prompt plays
/// @param mediaTimeout after which a vanished party's leg ends
/// @param arrivalRetry pause before a call that found no controller is tried again
/// @param arrivalAttempts tries before such a caller hears an apology and the call ends
/// @param deadAfter a crash and away for so long means that its calls are told as over
/// @param capabilities what it can do; commands that need another one are refused
/// @param device how a device behaves that was never programmed
/// @param faults what goes wrong
public record SimulatedSettings(
        Duration latency,
        Duration promptLength,
        Duration mediaTimeout,
        Duration arrivalRetry,
        int arrivalAttempts,
        Duration deadAfter,
        Set<Capability> capabilities,
        DeviceBehaviour device,
        Faults faults) {
    public SimulatedSettings {
        capabilities = Set.copyOf(capabilities);
    }

    /// A fast and faultless carrier whose prompts last two seconds and whose devices answer after one.
    public static SimulatedSettings standard() {
        return new SimulatedSettings(
                Duration.ofMillis(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofSeconds(2),
                5,
                Duration.ofSeconds(2),
                Set.of(Capability.VOICE, Capability.MUSIC, Capability.SNOOP),
                new DeviceBehaviour.Answers(Duration.ofSeconds(1)),
                Faults.NONE);
    }

    public SimulatedSettings withPromptLength(Duration length) {
        return new SimulatedSettings(
                latency, length, mediaTimeout, arrivalRetry, arrivalAttempts, deadAfter, capabilities, device, faults);
    }

    public SimulatedSettings withDevice(DeviceBehaviour behaviour) {
        return new SimulatedSettings(
                latency,
                promptLength,
                mediaTimeout,
                arrivalRetry,
                arrivalAttempts,
                deadAfter,
                capabilities,
                behaviour,
                faults);
    }

    public SimulatedSettings withFaults(Faults wrong) {
        return new SimulatedSettings(
                latency,
                promptLength,
                mediaTimeout,
                arrivalRetry,
                arrivalAttempts,
                deadAfter,
                capabilities,
                device,
                wrong);
    }

    public SimulatedSettings withCapabilities(Set<Capability> able) {
        return new SimulatedSettings(
                latency, promptLength, mediaTimeout, arrivalRetry, arrivalAttempts, deadAfter, able, device, faults);
    }
}
