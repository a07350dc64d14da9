package org.helpline.benchmarks.journal;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.helpline.store.DomainStore;
import org.helpline.store.InMemoryContents;
import org.helpline.store.InMemoryStore;
import org.helpline.store.embedded.EmbeddedStore;
import org.helpline.store.redis.RedisAddress;
import org.helpline.store.redis.RedisSettings;
import org.helpline.store.redis.RedisStore;

/// Where a domain is kept while it is measured; what is in it outlives the domain's owners.
final class Place implements AutoCloseable {
    private final Kind kind;
    private final Path folder;
    private final InMemoryContents memory = new InMemoryContents();
    private final Optional<RedisProcess> redis;

    enum Kind {
        MEMORY("in memory"),
        EMBEDDED("embedded"),
        REDIS("Redis");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        /// Those that a killed process leaves something in.
        static List<Kind> lasting() {
            return List.of(EMBEDDED, REDIS);
        }
    }

    private Place(Kind kind, Path folder, Optional<RedisProcess> redis) {
        this.kind = kind;
        this.folder = folder;
        this.redis = redis;
    }

    static Place make(Kind kind) throws IOException {
        Path folder = Files.createTempDirectory("helpline-bench");
        try {
            Optional<RedisProcess> redis =
                    kind == Kind.REDIS ? Optional.of(RedisProcess.start(folder)) : Optional.empty();
            return new Place(kind, folder, redis);
        } catch (IOException failure) {
            delete(folder);
            throw failure;
        }
    }

    /// Another process's way to the same contents.
    DomainStore store(Vertx vertx) {
        return switch (kind) {
            case MEMORY -> new InMemoryStore(memory);
            case EMBEDDED -> new EmbeddedStore(vertx, data());
            case REDIS ->
                new RedisStore(
                        vertx,
                        RedisSettings.of(RedisAddress.read(redis.orElseThrow().url())),
                        StoredDomain.NAME,
                        data());
        };
    }

    private Path data() {
        return folder.resolve("data");
    }

    @Override
    public void close() throws IOException {
        redis.ifPresent(RedisProcess::close);
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }
}
