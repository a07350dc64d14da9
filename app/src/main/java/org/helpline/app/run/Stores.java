package org.helpline.app.run;

import io.vertx.core.Vertx;
import org.helpline.config.Configuration;
import org.helpline.store.DomainStore;
import org.helpline.store.embedded.EmbeddedStore;
import org.helpline.store.redis.RedisStore;

/// Makes the store that is configured.
public final class Stores {
    private Stores() {}

    /// In Redis where that is configured; else in the data folder, which one Helpline owns at a time.
    public static DomainStore of(Vertx vertx, Configuration configuration) {
        return configuration
                .redis()
                .<DomainStore>map(redis ->
                        new RedisStore(vertx, redis, configuration.domain().domain(), configuration.data()))
                .orElseGet(() -> new EmbeddedStore(vertx, configuration.data()));
    }
}
