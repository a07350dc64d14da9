package org.helpline.store.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisReadOnlyException;
import java.util.concurrent.CompletionException;
import org.helpline.store.JournalFailure;

/// What a server's refusals and a lost connection mean to those who use the store.
final class RedisFailures {
    private static final int MOST_CHARACTERS = 300;

    private RedisFailures() {}

    static JournalFailure away(String why) {
        return new JournalFailure(JournalFailure.Kind.AWAY, why);
    }

    /// Out of memory, a full disk, a server that loads, that may not be written, or that does not answer: it all may
    /// pass.
    static JournalFailure away(Throwable cause) {
        Throwable unwrapped = unwrapped(cause);
        return unwrapped instanceof JournalFailure failure
                ? failure
                : new JournalFailure(JournalFailure.Kind.AWAY, message(unwrapped), unwrapped);
    }

    static JournalFailure fenced(long epoch, Answer answer) {
        return new JournalFailure(
                JournalFailure.Kind.FENCED,
                "epoch " + epoch + " is over: the domain is owned by epoch " + answer.text(0));
    }

    static boolean isNoScript(Throwable cause) {
        return unwrapped(cause) instanceof RedisNoScriptException;
    }

    /// Whether the connection itself is of no more use: it is broken, or leads to a server that was demoted.
    static boolean breaksConnection(Throwable cause) {
        Throwable unwrapped = unwrapped(cause);
        return unwrapped instanceof RedisReadOnlyException || !(unwrapped instanceof RedisCommandExecutionException);
    }

    /// The innermost message names the reason; those around it say that something did not work.
    static String message(Throwable cause) {
        Throwable told = unwrapped(cause);
        StringBuilder message = new StringBuilder(line(told));
        Throwable inner = told.getCause();
        if (inner != null && !(told instanceof RedisCommandExecutionException)) {
            while (inner.getCause() != null) inner = inner.getCause();
            message.append(": ").append(line(inner));
        }
        return message.length() <= MOST_CHARACTERS ? message.toString() : message.substring(0, MOST_CHARACTERS);
    }

    private static String line(Throwable told) {
        String message = told.getMessage();
        return message == null || message.isBlank()
                ? told.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").strip();
    }

    private static Throwable unwrapped(Throwable cause) {
        return cause instanceof CompletionException wrapper && wrapper.getCause() != null ? wrapper.getCause() : cause;
    }
}
