package org.helpline.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a script returned: a word, and what belongs to it.
record Answer(String word, List<Object> rest) {
    static Answer of(List<Object> reply) {
        return new Answer(text(reply.getFirst()), reply.subList(1, reply.size()));
    }

    boolean is(String expected) {
        return word.equals(expected);
    }

    String text(int n) {
        return text(rest.get(n));
    }

    long number(int n) {
        return (Long) rest.get(n);
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }
}
