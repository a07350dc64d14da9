package org.helpline.telephony.asterisk;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One request to ARI.
///
/// @param uri below `/ari/`, encoded
record AriRequest(String method, String uri, Optional<JsonObject> body) {

    static AriRequest get(String path, String... query) {
        return new AriRequest("GET", path + encoded(query), Optional.empty());
    }

    static AriRequest post(String path, String... query) {
        return new AriRequest("POST", path + encoded(query), Optional.empty());
    }

    static AriRequest put(String path, String... query) {
        return new AriRequest("PUT", path + encoded(query), Optional.empty());
    }

    static AriRequest delete(String path, String... query) {
        return new AriRequest("DELETE", path + encoded(query), Optional.empty());
    }

    AriRequest with(JsonObject json) {
        return new AriRequest(method, uri, Optional.of(json));
    }

    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String encoded(String... query) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < query.length; i += 2) {
            text.append(i == 0 ? '?' : '&').append(query[i]).append('=').append(segment(query[i + 1]));
        }
        return text.toString();
    }
}
