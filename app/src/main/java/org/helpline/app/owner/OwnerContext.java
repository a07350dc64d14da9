package org.helpline.app.owner;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/// The way to the owner's context and back.
public final class OwnerContext {
    private OwnerContext() {}

    /// Asks on the owner's context. Who asks from a context hears the answer there, anybody else on the owner's. A
    /// question that throws is answered by that.
    public static <T> Future<T> ask(Context owner, Supplier<Future<T>> question) {
        Promise<T> answer = Promise.promise();
        Context caller = Vertx.currentContext();
        owner.runOnContext(_ -> {
            Future<T> asked;
            try {
                asked = question.get();
            } catch (RuntimeException broken) {
                asked = Future.failedFuture(broken);
            }
            asked.onComplete(result -> {
                if (caller == null) answer.handle(result);
                else caller.runOnContext(_ -> answer.handle(result));
            });
        });
        return answer.future();
    }
}
