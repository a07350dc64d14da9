package org.helpline.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A client that opens a WebSocket and then does nothing: it neither reads nor answers pings.
final class RawClient implements AutoCloseable {
    private final Socket socket = new Socket();

    private RawClient() {}

    static RawClient connect(GatewayServer server, String path, String token) throws IOException {
        RawClient client = new RawClient();
        client.socket.setReceiveBufferSize(4_096);
        client.socket.setSoTimeout(10_000);
        client.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Protocol: helpline.v1\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        client.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        InputStream in = client.socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) throw new IOException("the server closed the connection: " + head);
            head.append((char) read);
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) throw new IOException(head.toString());
        return client;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
