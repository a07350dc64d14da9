package org.helpline.telephony.sip;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Just enough of a browser's SIP to register over a WebSocket (RFC 7118) with a digest (RFC 2617).
public final class WebSocketPhone {
    private final WebSocketClient client;
    private final WebSocket socket;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private WebSocketPhone(WebSocketClient client, WebSocket socket) {
        this.client = client;
        this.socket = socket;
        socket.textMessageHandler(answers::add);
    }

    /// Opens a connection and registers until what is given back is run; empty when the registration is refused.
    public static Optional<Runnable> register(Vertx vertx, URI server, String user, String password) {
        WebSocketClient client = vertx.createWebSocketClient();
        WebSocket socket = client.connect(new WebSocketConnectOptions()
                        .setHost(server.getHost())
                        .setPort(server.getPort())
                        .setURI(server.getRawPath() + (server.getRawQuery() == null ? "" : "?" + server.getRawQuery()))
                        .setSubProtocols(List.of("sip")))
                .await();
        WebSocketPhone phone = new WebSocketPhone(client, socket);
        if (phone.register(server.getHost(), user, password)) return Optional.of(phone::close);
        phone.close();
        return Optional.empty();
    }

    private boolean register(String domain, String user, String password) {
        String uri = "sip:" + domain;
        String challenge = ask(uri, domain, user, 1, "");
        if (!challenge.startsWith("SIP/2.0 401")) return challenge.startsWith("SIP/2.0 200");
        String realm = field(challenge, "realm");
        String nonce = field(challenge, "nonce");
        String first = md5(user + ":" + realm + ":" + password);
        String second = md5("REGISTER:" + uri);
        String response = md5(first + ":" + nonce + ":00000001:0a4f113b:auth:" + second);
        String authorization = "Authorization: Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\""
                + nonce + "\", uri=\"" + uri + "\", response=\"" + response
                + "\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"0a4f113b\"\r\n";
        return ask(uri, domain, user, 2, authorization).startsWith("SIP/2.0 200");
    }

    private String ask(String uri, String domain, String user, int number, String authorization) {
        socket.writeTextMessage("REGISTER " + uri + " SIP/2.0\r\n"
                + "Via: SIP/2.0/WS tester.invalid;branch=z9hG4bK" + user + number + "\r\n"
                + "Max-Forwards: 70\r\n"
                + "From: <sip:" + user + "@" + domain + ">;tag=t1\r\n"
                + "To: <sip:" + user + "@" + domain + ">\r\n"
                + "Call-ID: " + user + "-call\r\n"
                + "CSeq: " + number + " REGISTER\r\n"
                + "Contact: <sip:" + user + "@tester.invalid;transport=ws>;expires=120\r\n"
                + authorization
                + "Content-Length: 0\r\n\r\n");
        try {
            String answer = answers.poll(15, TimeUnit.SECONDS);
            if (answer == null) throw new IllegalStateException("no answer to REGISTER");
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String field(String challenge, String name) {
        Matcher found = Pattern.compile(name + "=\"([^\"]*)\"").matcher(challenge);
        if (!found.find()) throw new IllegalStateException("no " + name + " in the challenge");
        return found.group(1);
    }

    private static String md5(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void close() {
        socket.close();
        client.close();
    }
}
