package org.helpline.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/// What all who watch the domain should know beside its figures, for as long as it is so.
public record Notice(Kind kind, Instant since) {

    public enum Kind {
        /// Nothing can be written into the journal: calls go on, and would be forgotten by the end of the process.
        JOURNAL_AWAY,
        /// The journal is written late.
        JOURNAL_SLOW,
        /// No new calls are taken.
        DRAINING
    }

    static JsonArray json(List<Notice> notices) {
        JsonArray json = new JsonArray();
        for (Notice notice : notices) {
            json.add(new JsonObject()
                    .put("kind", MessageFields.word(notice.kind))
                    .put("since", notice.since.toString()));
        }
        return json;
    }
}
