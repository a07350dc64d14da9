package org.helpline.telephony.asterisk;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Asterisk works off what a channel is told one after the other, and a prompt takes as long as it lasts. Some requests
/// (`variable`, `addChannel`) it answers only when it is their turn, and until then it reads nothing else from the
/// WebSocket. So none of them is sent while a prompt is heard: of our own we know, and for those of a process before us
/// is waited aside.
final class Settling {
    private final Function<AriRequest, Future<AriResponse>> aside;

    /// @param aside waits as long as a prompt may last, and holds up nothing else
    Settling(Function<AriRequest, Future<AriResponse>> aside) {
        this.aside = aside;
    }

    /// Nothing that we know of is heard, and nothing that we do not know of can be.
    static boolean free(Leg leg) {
        return !leg.hears() && settled(leg);
    }

    private static boolean settled(Leg leg) {
        boolean mayHear = leg.adopted && leg.inbound && leg.ours && leg.bridge.isEmpty();
        return !mayHear || leg.settled.map(Future::isComplete).orElse(false);
    }

    /// Completes when a prompt of the process before us is over, or when that cannot be learnt.
    private Future<Void> settle(Leg leg) {
        if (leg.settled.isEmpty()) {
            // Due anyway, and answered when the prompt is over.
            leg.settled = Optional.of(
                    aside.apply(Absence.whileAlone(leg)).<Void>mapEmpty().otherwiseEmpty());
        }
        return leg.settled.get();
    }

    /// Now, unless one of the legs may hear a prompt of a process before us.
    <T> Future<T> whenSettled(List<Leg> legs, Supplier<Future<T>> action) {
        List<Leg> unsettled = legs.stream().filter(leg -> !settled(leg)).toList();
        return unsettled.isEmpty()
                ? action.get()
                : Future.all(unsettled.stream().map(this::settle).toList()).compose(_ -> action.get());
    }

    /// What puts off the absence of these callers; who hears something has it put off at the end of that.
    List<AriRequest> putOff(List<Leg> callers) {
        List<AriRequest> batch = new ArrayList<>();
        for (Leg leg : callers) {
            if (free(leg)) {
                batch.add(Absence.whileAlone(leg));
            } else if (leg.hears()) {
                // Since the turn before: a very long one, or one whose end nobody told.
                if (leg.absenceDue) {
                    var _ = aside.apply(Absence.whileAlone(leg));
                }
                leg.absenceDue = true;
            } else {
                var _ = settle(leg);
            }
        }
        return batch;
    }
}
