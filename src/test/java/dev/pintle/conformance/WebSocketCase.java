package dev.pintle.conformance;

import dev.pintle.testing.RawHttp2Client;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of a client, and the frames that a server of RFC 6455 sends back.
 *
 * @param extensions the value of {@code Sec-WebSocket-Extensions}, or blank
 * @param bytes the frames, one character per byte
 * @param piece the number of bytes that travel at once
 * @param expected the frames of the server, as {@link WebSocketTranscript} writes them
 */
record WebSocketCase(String name, String extensions, String bytes, int piece, String expected) {
    private static final int WHOLE = Integer.MAX_VALUE;
    private static final int MASK = 0x80;
    static final int FIN = 0x80;
    static final int RSV1 = 0x40;
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    /** A Close frame with the code 1000. */
    static final String GOODBYE = close(1_000, "");

    static WebSocketCase exchange(String name, String expected, String... frames) {
        return new WebSocketCase(name, "", String.join("", frames), WHOLE, expected);
    }

    WebSocketCase compressed(String offer) {
        return new WebSocketCase(name + " (" + offer + ")", offer, bytes, piece, expected);
    }

    WebSocketCase inPieces(int size) {
        return new WebSocketCase(name + " in pieces of " + size, extensions, bytes, size, expected);
    }

    /** Returns the bytes as they travel. */
    List<String> pieces() {
        List<String> pieces = new ArrayList<>();
        for (int start = 0; start < bytes.length(); ) {
            int end = (int) Math.min((long) start + piece, bytes.length());
            pieces.add(bytes.substring(start, end));
            start = end;
        }
        return pieces;
    }

    /** Encodes a frame with a mask. */
    static String frame(int first, String payload) {
        int length = payload.length();
        String size = "" + (char) (MASK | length);
        if (length >= 1 << 16) {
            size = "" + (char) (MASK | 127) + "\0\0\0\0" + RawHttp2Client.number(length);
        } else if (length > 125) {
            size = "" + (char) (MASK | 126) + (char) (length >> 8) + (char) (length & 0xff);
        }
        return (char) first + size + mask(payload);
    }

    /** Encodes a frame with this length field instead of the shortest. */
    static String frame(int first, String length, String payload) {
        return (char) first + length + mask(payload);
    }

    private static String mask(String payload) {
        String key = "7\u00fa!=";
        StringBuilder masked = new StringBuilder(key);
        for (int i = 0; i < payload.length(); i++) {
            masked.append((char) (payload.charAt(i) ^ key.charAt(i % 4)));
        }
        return masked.toString();
    }

    static String text(String bytes) {
        return frame(FIN | TEXT, bytes);
    }

    static String close(int code, String reason) {
        return frame(FIN | CLOSE, "" + (char) (code >> 8) + (char) (code & 0xff) + reason);
    }

    /** Returns the bytes of a text in UTF-8. */
    static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return name;
    }
}
