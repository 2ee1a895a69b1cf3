package dev.pintle.testing;

import dev.pintle.http.WebSocketHandshake;
import java.io.IOException;
import java.util.Objects;

/** Opening handshakes and frames of WebSocket, byte by byte. One character stands for one byte. */
public final class WebSockets {
    /** The key of RFC 6455 section 1.3. */
    public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    /** The head of a Close frame of a server, without its code. */
    public static final String CLOSE = "\u0088\u0002";

    /** A Close frame of the gateway with the code 1001. */
    public static final String GOING_AWAY = CLOSE + "\u0003\u00e9";

    /** The answer of a client to that. */
    public static final String CLIENT_GOING_AWAY = "\u0088\u0082\0\0\0\0\u0003\u00e9";

    private WebSockets() {}

    /** A valid handshake; {@code further} header lines each end with CRLF. */
    public static String handshake(String path, String further) {
        return "GET " + path
                + " HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + KEY
                + "\r\nSec-WebSocket-Version: 13\r\n" + further + "\r\n";
    }

    public static String handshake(String path) {
        return handshake(path, "");
    }

    /** The 101 response to a handshake. */
    public static String switching(RawUpstream.Request handshake, String further) {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + WebSocketHandshake.accept(Objects.requireNonNull(handshake.field("Sec-WebSocket-Key"))) + "\r\n"
                + further + "\r\n";
    }

    /** An upstream that accepts one handshake and then sends back the bytes that it receives. */
    public static RawUpstream.Conduct echoes() {
        return accepts(connection -> connection.in().transferTo(connection.out()));
    }

    /** An upstream that accepts one handshake and then behaves as told. */
    public static RawUpstream.Conduct accepts(RawUpstream.Conduct then) {
        return connection -> {
            accept(connection);
            then.serve(connection);
        };
    }

    private static void accept(RawUpstream.Connection connection) throws IOException {
        RawUpstream.Request handshake = connection.request();
        connection.write(switching(Objects.requireNonNull(handshake), ""));
    }

    /** A text frame of a server. */
    public static String frame(String text) {
        return "\u0081" + (char) text.length() + text;
    }

    /** A text frame of a client. Its mask of zeros leaves the text readable. */
    public static String maskedFrame(String text) {
        return "\u0081" + (char) (0x80 | text.length()) + "\0\0\0\0" + text;
    }
}
