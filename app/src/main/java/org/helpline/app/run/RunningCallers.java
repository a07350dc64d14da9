package org.helpline.app.run;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.helpline.app.owner.CallerGate;
import org.helpline.app.owner.CallerNotes;
import org.helpline.app.owner.CallerWatch;
import org.helpline.app.owner.DomainOwner;
import org.helpline.app.owner.OwnerContext;
import org.helpline.app.owner.Scheduler;
import org.helpline.app.records.RecentContacts;
import org.helpline.config.Configuration;
import org.helpline.gateway.CallerHistory;
import org.helpline.records.NumberHashes;
import org.helpline.records.fold.NumberHash;
import org.helpline.store.CallerMemory;
import org.helpline.store.embedded.EmbeddedCallerMemory;
import org.helpline.store.redis.RedisCallerMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What this Helpline remembers of callers.
final class RunningCallers {
    private static final Logger log = LoggerFactory.getLogger(RunningCallers.class);

    private static final Duration TIDY_EVERY = Duration.ofHours(1);

    private final CallerMemory memory;
    private final Context owner;

    private RunningCallers(CallerMemory memory, Context owner) {
        this.memory = memory;
        this.owner = owner;
    }

    /// Beside the journal: in Redis where that is configured, else in the data folder.
    static RunningCallers of(Vertx vertx, Configuration configuration, Context owner) {
        InstantSource clock = InstantSource.system();
        if (configuration.redis().isEmpty()) {
            return new RunningCallers(
                    new EmbeddedCallerMemory(vertx, configuration.data(), configuration.callers(), clock), owner);
        }
        if (configuration.records().numberKey().isEmpty()) {
            log.warn("HELPLINE_RECORDS_KEY is not set: what is remembered of callers in Redis is known to this data"
                    + " folder's Helpline alone");
        }
        return new RunningCallers(
                new RedisCallerMemory(
                        vertx,
                        configuration.redis().get(),
                        configuration.domain().domain(),
                        configuration.callers(),
                        clock),
                owner);
    }

    /// @param hashes of the records; callers' memory has a key made from theirs
    /// @return what agents are told of callers: what the records know, and what the memory adds
    CallerHistory serve(
            DomainOwner domain, NumberHashes hashes, Scheduler scheduler, CallerWatch watch, CallerHistory records) {
        NumberHashes own = hashes.derived("callers");
        Function<String, Optional<String>> keys = number -> own.of(number).map(NumberHash::hex);
        var recent = new RecentContacts(records, keys);
        domain.callersThrough(new CallerGate(memory, scheduler, keys, watch, recent::told));
        domain.addListener(new CallerNotes(memory, keys, watch));
        owner.runOnContext(_ -> tidy());
        owner.owner().setPeriodic(TIDY_EVERY.toMillis(), _ -> owner.runOnContext(_ -> tidy()));
        return recent;
    }

    private void tidy() {
        memory.tidy().onFailure(failure -> log.warn("callers' memory is not there: {}", failure.getMessage()));
    }

    void close() {
        Waits.settle(OwnerContext.ask(owner, memory::close), "callers' memory");
    }
}
