package org.helpline.ivr;

import java.time.Instant;
import java.util.Optional;
import org.helpline.ivr.CallFlow.SpokenLanguage;

/// What happened to one call in its flow. To be extended by what the machine needs; applied by [FlowState#apply] alone.
public sealed interface FlowEvent {
    Instant at();

    record FlowStarted(Instant at, String flow, SpokenLanguage language) implements FlowEvent {}

    record NodeEntered(Instant at, String node) implements FlowEvent {}

    record LanguageChosen(Instant at, SpokenLanguage language) implements FlowEvent {}

    record NeedChosen(Instant at, String need) implements FlowEvent {}

    /// @param node where the choice was made
    /// @param value what was chosen or found there
    record StepTaken(Instant at, String node, String value) implements FlowEvent {}

    record FlowEnded(Instant at, Optional<String> reason) implements FlowEvent {}
}
