package org.helpline.store.redis;

import java.util.List;

/// What tests do to a journal behind the store's back.
final class Streams {
    private Streams() {}

    /// As on a promoted replica that had not yet received them.
    static void loseNewest(RedisServer server, String domain, int count) {
        String journal = Keys.of(domain).journal();
        List<String> ids = ids(server, journal).reversed();
        for (String id : ids.subList(0, count)) server.cli("xdel", journal, id);
        server.cli("xsetid", journal, ids.get(count));
    }

    /// Number of the newest entry; 0 for none.
    static long last(RedisServer server, String domain) {
        String newest = server.cli("xrevrange", Keys.of(domain).journal(), "+", "-", "COUNT", "1");
        // A replica that is being filled answers that it loads.
        return !newest.matches("(?s)[0-9]+-0\\R.*") ? 0 : Long.parseLong(newest.substring(0, newest.indexOf('-')));
    }

    static List<String> ids(RedisServer server, String journal) {
        return server.cli("xrange", journal, "-", "+")
                .lines()
                .filter(line -> line.matches("[0-9]+-0"))
                .toList();
    }
}
