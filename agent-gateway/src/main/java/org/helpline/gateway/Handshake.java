package org.helpline.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a request says before its WebSocket is opened: where its page came from, its subprotocol and its
/// token.
final class Handshake {
    static final String PROTOCOL = "helpline.v1";
    private static final String TOKEN_PREFIX = "token.";

    private Handshake() {}

    /// Reads the bearer token from the header, or from the second subprotocol: a browser's WebSocket cannot
    /// set headers. The server answers with [#PROTOCOL] alone, so that the token is never echoed.
    static Optional<String> token(HttpServerRequest request) {
        return bearer(request)
                .or(() -> protocols(request).stream()
                        .filter(protocol -> protocol.startsWith(TOKEN_PREFIX))
                        .map(protocol -> protocol.substring(TOKEN_PREFIX.length()))
                        .findFirst());
    }

    static Optional<String> bearer(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) return Optional.empty();
        return Optional.of(header.substring(7).strip());
    }

    /// A client that names no subprotocol at all is taken to mean ours.
    static boolean speaksOurProtocol(HttpServerRequest request) {
        List<String> protocols = protocols(request);
        return protocols.isEmpty() || protocols.contains(PROTOCOL);
    }

    /// Pages of other sites must not act with what a browser holds. A request without `Origin` is no page.
    static boolean originAllowed(HttpServerRequest request, Set<String> allowed) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || allowed.contains(origin)) return true;
        int scheme = origin.indexOf("://");
        HostAndPort own = request.authority();
        if (scheme < 0 || own == null) return false;
        String host = own.port() > 0 ? own.host() + ":" + own.port() : own.host();
        return origin.substring(scheme + 3).equalsIgnoreCase(host);
    }

    private static List<String> protocols(HttpServerRequest request) {
        return request.headers().getAll("Sec-WebSocket-Protocol").stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .filter(protocol -> !protocol.isEmpty())
                .toList();
    }
}
