package dev.pintle.testing;

import dev.pintle.http.WebSocketHandshake;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A WebSocket server that sends each short frame back and answers a Close. */
public final class WebSocketUpstream implements AutoCloseable {
    private static final int CLOSE = 0x88;
    private static final int MASK_BYTES = 4;

    private final ServerSocket server;
    private final String scheme;

    private WebSocketUpstream(ServerSocket server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        Thread.ofVirtual().name("websocket-upstream").start(this::accept);
    }

    /** A server over TLS with that certificate of {@link TestCertificates}. */
    public static WebSocketUpstream secure(String certificate) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(TestCertificates.keyStore(certificate), TestCertificates.password());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new WebSocketUpstream(
                    context.getServerSocketFactory().createServerSocket(0, 100, InetAddress.getLoopbackAddress()),
                    "https");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no server with the certificate " + certificate, e);
        }
    }

    public String url() {
        return scheme + "://localhost:" + server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().name("websocket").start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            String key = head.toString().replaceFirst("(?is).*\r\nSec-WebSocket-Key: *([^\r]*)\r\n.*", "$1");
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + WebSocketHandshake.accept(key) + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            int first;
            do {
                first = in.readUnsignedByte();
                byte[] payload = new byte[in.readUnsignedByte() & 0x7f];
                byte[] mask = in.readNBytes(MASK_BYTES);
                in.readFully(payload);
                byte[] frame = new byte[2 + payload.length];
                frame[0] = (byte) first;
                frame[1] = (byte) payload.length;
                for (int i = 0; i < payload.length; i++) {
                    frame[2 + i] = (byte) (payload[i] ^ mask[i % MASK_BYTES]);
                }
                out.write(frame);
            } while (first != CLOSE);
        } catch (IOException e) {
            // The other side left.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
