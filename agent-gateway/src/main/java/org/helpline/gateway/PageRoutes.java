package org.helpline.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the pages: `/` and everything in the classpath's folder `pages/`, `/wallboard` meaning
/// `pages/wallboard.html`.
///
/// A path is a name made of plain characters and nothing else, so there is nothing to decode and no way out of the
/// folder. Whatever is not there is left to the routes behind, and so ends as a problem document.
final class PageRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(PageRoutes.class);
    private static final String FOLDER = "pages";
    private static final int LARGEST_FILE = 16_777_216;
    /// More files than there are pages; past it they are read from the classpath each time.
    private static final int MOST_KEPT = 1_000;

    private static final Pattern PATH = Pattern.compile("(?=.{1,200}$)(/[A-Za-z0-9_@-][A-Za-z0-9_.@-]*)+");
    /// What is no page, and keeps its own answers.
    private static final String OTHERS = "/v1/|/health/|/metrics|/twilio/";
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\[\\]:-]{1,255}");

    private final Vertx vertx;
    private final Map<String, PageFile> kept = new ConcurrentHashMap<>();

    PageRoutes(Vertx vertx) {
        this.vertx = vertx;
    }

    /// Behind all other routes, whenever they are mounted.
    void mount(Router router) {
        router.routeWithRegex("(?!" + OTHERS + ").*").last().handler(this::serve);
    }

    private void serve(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        Optional<String> name = fileName(request.path());
        if (name.isEmpty()
                || !(request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD))) {
            ctx.next();
            return;
        }
        // The class loader reads disks and archives.
        read(name.get())
                .onSuccess(file -> file.ifPresentOrElse(found -> answer(ctx, found), ctx::next))
                .onFailure(ctx::fail);
    }

    /// The file behind a path; empty when no file can be meant.
    static Optional<String> fileName(String path) {
        if (path == null) return Optional.empty();
        if (path.equals("/")) return Optional.of("/index.html");
        if (!PATH.matcher(path).matches()) return Optional.empty();
        String last = path.substring(path.lastIndexOf('/'));
        if (last.indexOf('.') < 0) return Optional.of(path + ".html");
        return PageFile.type(path).isPresent() ? Optional.of(path) : Optional.empty();
    }

    private Future<Optional<PageFile>> read(String name) {
        PageFile known = kept.get(name);
        if (known != null && !known.mayChange()) return Future.succeededFuture(Optional.of(known));
        return vertx.executeBlocking(() -> load(name), false);
    }

    private Optional<PageFile> load(String name) throws IOException {
        URL url = PageRoutes.class.getClassLoader().getResource(FOLDER + name);
        if (url == null) return Optional.empty();
        URLConnection connection = url.openConnection();
        long modified = connection.getLastModified();
        try (InputStream in = connection.getInputStream()) {
            PageFile known = kept.get(name);
            if (known != null && known.modified() == modified) return Optional.of(known);
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) throw new IOException("page " + name + " is too large");
            PageFile file = PageFile.of(name, bytes, modified, url.getProtocol().equals("file"));
            if (kept.size() < MOST_KEPT) kept.put(name, file);
            LOG.debug("page {} read, {} bytes", name, bytes.length);
            return Optional.of(file);
        }
    }

    private static void answer(RoutingContext ctx, PageFile file) {
        HttpServerRequest request = ctx.request();
        HttpServerResponse response = ctx.response()
                .putHeader("ETag", file.etag())
                // Asked for anew each time, answered in a few bytes: after an update nobody runs the old page.
                .putHeader("Cache-Control", "no-cache")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader(
                        "Permissions-Policy",
                        "microphone=(self), camera=(self), display-capture=(), geolocation=(), payment=(), usb=()")
                .putHeader("Content-Security-Policy", policy(file, request.authority()));
        if (unchanged(request.getHeader("If-None-Match"), file.etag())) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", file.type());
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", Integer.toString(file.bytes().length()))
                    .end();
        } else {
            response.end(file.bytes());
        }
    }

    /// The sockets are named with the host they are on: `ws:` alone would let a page send to anywhere.
    private static String policy(PageFile file, HostAndPort own) {
        StringBuilder scripts = new StringBuilder();
        file.scriptHashes().forEach(hash -> scripts.append(" '").append(hash).append('\''));
        String sockets = "";
        if (own != null) {
            String host = own.port() > 0 ? own.host() + ":" + own.port() : own.host();
            if (HOST.matcher(host).matches()) sockets = " ws://" + host + " wss://" + host;
        }
        return """
                default-src 'none'; script-src 'self'%s; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                media-src 'self' blob: mediastream:; connect-src 'self'%s; manifest-src 'self'; worker-src 'self'; \
                form-action 'self'; base-uri 'none'; frame-ancestors 'none'""".formatted(scripts, sockets);
    }

    private static boolean unchanged(String known, String etag) {
        return known != null
                && Arrays.stream(known.split(","))
                        .map(String::strip)
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .anyMatch(tag -> tag.equals(etag) || tag.equals("*"));
    }

    /// One file of a page.
    ///
    /// @param scriptHashes of the import maps that stand in the file itself, as the policy names them
    /// @param mayChange it lies in a folder, where somebody may be working on it
    record PageFile(
            String type, Buffer bytes, String etag, List<String> scriptHashes, long modified, boolean mayChange) {
        private static final Map<String, String> TYPES = Map.ofEntries(
                Map.entry("html", "text/html; charset=utf-8"),
                Map.entry("js", "text/javascript; charset=utf-8"),
                Map.entry("mjs", "text/javascript; charset=utf-8"),
                Map.entry("css", "text/css; charset=utf-8"),
                Map.entry("json", "application/json"),
                Map.entry("map", "application/json"),
                Map.entry("webmanifest", "application/manifest+json"),
                Map.entry("txt", "text/plain; charset=utf-8"),
                Map.entry("vtt", "text/vtt; charset=utf-8"),
                Map.entry("svg", "image/svg+xml"),
                Map.entry("png", "image/png"),
                Map.entry("ico", "image/x-icon"),
                Map.entry("woff2", "font/woff2"),
                Map.entry("mp4", "video/mp4"),
                Map.entry("mp3", "audio/mpeg"),
                Map.entry("wav", "audio/wav"));

        private static final Pattern IMPORT_MAP =
                Pattern.compile("<script\\s+type=\"importmap\"\\s*>(.*?)</script>", Pattern.DOTALL);

        /// Files of other kinds are not served.
        static Optional<String> type(String name) {
            return Optional.ofNullable(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
        }

        static PageFile of(String name, byte[] bytes, long modified, boolean mayChange) {
            String type = type(name).orElseThrow();
            List<String> hashes = type.startsWith("text/html")
                    ? IMPORT_MAP
                            .matcher(new String(bytes, UTF_8))
                            .results()
                            .map(found -> "sha256-" + sha256(found.group(1).getBytes(UTF_8), Base64.getEncoder()))
                            .toList()
                    : List.of();
            String etag = '"' + sha256(bytes, Base64.getUrlEncoder().withoutPadding()) + '"';
            return new PageFile(type, Buffer.buffer(bytes), etag, hashes, modified, mayChange);
        }

        private static String sha256(byte[] bytes, Base64.Encoder encoder) {
            try {
                return encoder.encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }
}
