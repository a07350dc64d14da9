package org.helpline.store.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.helpline.store.redis.RedisAddress.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens connections to the one address, whatever stands there. A connection that is lost stays lost, and everything
/// under way on it fails: Lettuce repeats nothing by itself, because only we know in which order.
final class RedisServers {
    private static final Logger log = LoggerFactory.getLogger(RedisServers.class);
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final String NAME = "helpline";
    private static final int THREADS = 2;

    private final RedisSettings settings;
    private final ClientResources resources;
    private final AbstractRedisClient client;

    /// An open connection.
    static final class Connected {
        private final StatefulConnection<String, byte[]> connection;
        private final RedisClusterAsyncCommands<String, byte[]> commands;

        private Connected(
                StatefulConnection<String, byte[]> connection, RedisClusterAsyncCommands<String, byte[]> commands) {
            this.connection = connection;
            this.commands = commands;
        }

        RedisClusterAsyncCommands<String, byte[]> commands() {
            return commands;
        }

        boolean isOpen() {
            return connection.isOpen();
        }

        /// By a thread of Lettuce's.
        void whenLost(Runnable task) {
            connection.addListener(new RedisConnectionStateListener() {
                @Override
                public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
                    task.run();
                }
            });
        }

        void close() {
            future(connection.closeAsync())
                    .onFailure(failure -> log.debug("a connection did not close: {}", failure.getMessage()));
        }
    }

    RedisServers(RedisSettings settings) {
        this.settings = settings;
        resources = DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .build();
        client = settings.address().kind() == RedisAddress.Kind.CLUSTER ? cluster() : single();
    }

    Future<Connected> connect() {
        return switch (client) {
            case RedisClusterClient cluster ->
                future(cluster.refreshPartitionsAsync())
                        .compose(_ -> future(cluster.connectAsync(CODEC)))
                        .map(RedisServers::connected);
            case RedisClient single -> future(single.connectAsync(CODEC, uri())).map(RedisServers::connected);
            default -> throw new IllegalStateException("no such client: " + client.getClass());
        };
    }

    Future<Void> close() {
        return future(client.shutdownAsync(0, settings.limits().answer().toMillis(), TimeUnit.MILLISECONDS))
                .eventually(() -> {
                    var ending =
                            resources.shutdown(0, settings.limits().answer().toMillis(), TimeUnit.MILLISECONDS);
                    Promise<Void> ended = Promise.promise();
                    ending.addListener(_ -> ended.complete());
                    return ended.future();
                });
    }

    private static Connected connected(StatefulRedisConnection<String, byte[]> connection) {
        return new Connected(connection, connection.async());
    }

    private static Connected connected(StatefulRedisClusterConnection<String, byte[]> connection) {
        return new Connected(connection, connection.async());
    }

    private RedisClient single() {
        RedisClient made = RedisClient.create(resources);
        made.setOptions(common(ClientOptions.builder()).build());
        return made;
    }

    private RedisClusterClient cluster() {
        List<RedisURI> nodes = settings.address().nodes().stream()
                .map(node -> common(RedisURI.builder().withHost(node.host()).withPort(node.port()))
                        .build())
                .toList();
        RedisClusterClient made = RedisClusterClient.create(resources, nodes);
        var options = ClusterClientOptions.builder();
        common(options);
        // Its nodes are connected to when they are first asked, and what is asked waits for that.
        options.autoReconnect(true).disconnectedBehavior(ClientOptions.DisconnectedBehavior.ACCEPT_COMMANDS);
        made.setOptions(options.validateClusterNodeMembership(false).build());
        return made;
    }

    private RedisURI uri() {
        RedisAddress address = settings.address();
        RedisURI.Builder uri = common(RedisURI.builder()).withDatabase(address.database());
        if (address.kind() == RedisAddress.Kind.SENTINEL) {
            for (Node node : address.nodes()) uri.withSentinel(node.host(), node.port());
            uri.withSentinelMasterId(address.master().orElseThrow());
        } else {
            uri.withHost(address.nodes().getFirst().host())
                    .withPort(address.nodes().getFirst().port());
        }
        return uri.build();
    }

    private RedisURI.Builder common(RedisURI.Builder uri) {
        RedisAddress address = settings.address();
        uri.withSsl(address.tls())
                .withVerifyPeer(SslVerifyMode.FULL)
                .withClientName(NAME)
                .withTimeout(settings.limits().answer());
        address.password().ifPresent(password -> {
            if (address.user().isPresent())
                uri.withAuthentication(address.user().get(), password);
            else uri.withPassword(password.toCharArray());
        });
        return uri;
    }

    private ClientOptions.Builder common(ClientOptions.Builder options) {
        options.autoReconnect(false)
                .replayFilter(_ -> true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(2 * settings.limits().mostBatches() + 64)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.limits().answer())
                        .tcpNoDelay(true)
                        .keepAlive(true)
                        .build());
        settings.authority()
                .ifPresent(file -> options.sslOptions(SslOptions.builder()
                        .jdkSslProvider()
                        .trustManager(file.toFile())
                        .build()));
        return options;
    }

    /// On whatever thread completes it: whoever asks goes back to a context of its own.
    static <T> Future<T> future(CompletionStage<T> stage) {
        return Future.fromCompletionStage(stage);
    }
}
