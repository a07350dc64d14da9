package org.helpline.telephony.asterisk;

import io.vertx.core.Future;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallControlException.Kind;

/// What Asterisk's answers mean to whoever gave the command.
final class Answers {
    private Answers() {}

    static Future<Void> checked(AriResponse answer) {
        return answer.ok() ? Future.succeededFuture() : Future.failedFuture(refusal(answer));
    }

    static Future<Void> goneIsFine(AriResponse answer) {
        return answer.status() == 404 ? Future.succeededFuture() : checked(answer);
    }

    static CallControlException refusal(AriResponse answer) {
        boolean gone = answer.status() == 404 || answer.body().contains("not found");
        return new CallControlException(gone ? Kind.GONE : Kind.REFUSED, answer.status() + " " + answer.body());
    }

    static <T> Future<T> gone(String what) {
        return Future.failedFuture(new CallControlException(Kind.GONE, "no " + what));
    }

    static <T> Future<T> refused(String why) {
        return Future.failedFuture(new CallControlException(Kind.REFUSED, why));
    }

    static Kind kind(Throwable failure) {
        return failure instanceof CallControlException refusal ? refusal.kind() : Kind.REFUSED;
    }

    /// Only the bridge can be what was not found here, and nothing else would report that: the legs are there,
    /// and would hear nothing for ever.
    static Future<Void> joined(AriResponse answer) {
        return answer.status() == 404 ? refused(answer.status() + " " + answer.body()) : checked(answer);
    }
}
