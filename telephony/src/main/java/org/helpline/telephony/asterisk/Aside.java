package org.helpline.telephony.asterisk;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.helpline.telephony.CallControlException;
import org.helpline.telephony.CallControlException.Kind;

/// Requests over HTTP, each on a connection of its own: none waits for another, as all do that go over one WebSocket.
final class Aside {
    private final AsteriskSettings settings;
    private final String authorization;
    private final HttpClient http;

    /// @param connections at once, of which Asterisk has `sessionlimit`
    /// @param waiting for a connection; further ones are refused
    Aside(Vertx vertx, AsteriskSettings settings, String authorization, int connections, int waiting) {
        this.settings = settings;
        this.authorization = authorization;
        this.http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) settings.requestTimeout().toMillis()),
                new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(waiting));
    }

    Future<AriResponse> send(AriRequest request, Duration within) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setHost(settings.url().getHost())
                .setPort(settings.port())
                .setSsl(settings.secure())
                .setURI("/ari/" + request.uri())
                .setTimeout(within.toMillis())
                .putHeader("Authorization", authorization);
        return http.request(options)
                .compose(open -> open.send())
                .compose(answer -> answer.body()
                        .map(body -> new AriResponse(answer.statusCode(), body.toString(StandardCharsets.UTF_8))))
                .recover(failure -> Future.failedFuture(
                        new CallControlException(Kind.DISCONNECTED, "over HTTP: " + failure.getMessage())));
    }

    void close() {
        http.close();
    }
}
