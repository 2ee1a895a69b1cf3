package dev.pintle.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;
import org.eclipse.jetty.util.NanoTime;

/** An HTTP/2 client, frame by frame (RFC 9113), for valid and invalid frames. Used by one thread. */
public final class RawHttp2Client implements AutoCloseable {
    public static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;
    public static final int END_STREAM = 1;
    public static final int ACK = 1;
    public static final int END_HEADERS = 4;
    public static final int PADDED = 8;
    public static final int PRIORITIZED = 0x20;

    /** A received frame, with one character of payload per byte. */
    public record Frame(int type, int flags, int stream, String payload) {
        public boolean has(int flag) {
            return (flags & flag) != 0;
        }

        /** Returns the error code of a RST_STREAM or a GOAWAY. */
        public int error() {
            return ByteBuffer.wrap(bytes(payload)).getInt(type == GOAWAY ? 4 : 0);
        }
    }

    /**
     * The response on one stream.
     *
     * @param error of the RST_STREAM or GOAWAY that ended it; -1 for a complete response
     */
    public record Answer(
            int status, Map<String, String> fields, String body, Map<String, String> trailers, int error) {}

    private final RawClient client;
    private final DataInputStream in;
    private final HpackDecoder decoder = new HpackDecoder(1 << 20, NanoTime::now);

    private RawHttp2Client(RawClient client) {
        this.client = client;
        this.in = new DataInputStream(client.in());
    }

    /** Opens a connection and exchanges the prefaces. */
    public static RawHttp2Client to(int port) {
        RawHttp2Client http2 = silent(port);
        http2.client.send(PREFACE);
        return http2.send(SETTINGS, 0, 0, "");
    }

    /** Opens a connection over TLS and exchanges the prefaces. */
    public static RawHttp2Client tls(int port, SSLContext context) {
        RawHttp2Client http2 = new RawHttp2Client(RawClient.tls(port, context, "h2"));
        http2.client.send(PREFACE);
        return http2.send(SETTINGS, 0, 0, "");
    }

    /** Opens a connection without sending a byte. */
    public static RawHttp2Client silent(int port) {
        return new RawHttp2Client(RawClient.to(port));
    }

    /** Sends raw bytes. */
    public RawHttp2Client raw(String bytes) {
        client.sendIfOpen(bytes);
        return this;
    }

    /** Sends a frame, unless the other side has closed the connection. */
    public RawHttp2Client send(int type, int flags, int stream, String payload) {
        return raw(frame(payload.length(), type, flags, stream) + payload);
    }

    /** Sends a header block in one frame. */
    public RawHttp2Client headers(int stream, int flags, String... namesAndValues) {
        return send(HEADERS, END_HEADERS | flags, stream, block(namesAndValues));
    }

    /** Sends a complete GET. */
    public RawHttp2Client get(int stream, String path, String... namesAndValues) {
        return request(stream, END_STREAM, "GET", path, namesAndValues);
    }

    /** Sends the head of a request. */
    public RawHttp2Client request(int stream, int flags, String method, String path, String... namesAndValues) {
        return send(
                HEADERS,
                END_HEADERS | flags,
                stream,
                block(":method", method, ":scheme", "http", ":authority", "h", ":path", path) + block(namesAndValues));
    }

    /** Sends the handshake of a WebSocket: an extended CONNECT (RFC 8441). */
    public RawHttp2Client webSocket(int stream, String path, String... namesAndValues) {
        String head = block(
                ":method",
                "CONNECT",
                ":protocol",
                "websocket",
                ":scheme",
                "http",
                ":authority",
                "h",
                ":path",
                path,
                "sec-websocket-version",
                "13");
        return send(HEADERS, END_HEADERS, stream, head + block(namesAndValues));
    }

    /** Returns the content of a stream, up to a text or the end of the stream. */
    public String content(int stream, String end) {
        StringBuilder content = new StringBuilder();
        while (content.indexOf(end) < 0) {
            List<Frame> frames = until(DATA);
            Frame next = frames.isEmpty() ? null : frames.getLast();
            if (next == null || next.type() != DATA) {
                break;
            }
            if (next.stream() == stream) {
                content.append(next.payload());
                if (next.has(END_STREAM)) {
                    break;
                }
            }
        }
        return content.toString();
    }

    public RawHttp2Client data(int stream, int flags, String body) {
        return send(DATA, flags, stream, body);
    }

    /** Returns the header of a frame with this length field. */
    public static String frame(int length, int type, int flags, int stream) {
        return text(ByteBuffer.allocate(9)
                .put((byte) (length >> 16))
                .putShort((short) length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .array());
    }

    /** Returns four bytes. */
    public static String number(int value) {
        return text(ByteBuffer.allocate(4).putInt(value).array());
    }

    /** Encodes headers as literals without indexing (RFC 7541 section 6.2.2). */
    public static String block(String... namesAndValues) {
        StringBuilder block = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.append('\0').append(literal(namesAndValues[i])).append(literal(namesAndValues[i + 1]));
        }
        return block.toString();
    }

    private static String literal(String value) {
        StringBuilder literal = new StringBuilder();
        if (value.length() < 127) {
            literal.append((char) value.length());
        } else {
            literal.append((char) 127);
            int rest = value.length() - 127;
            for (; rest >= 128; rest >>= 7) {
                literal.append((char) ((rest & 127) | 128));
            }
            literal.append((char) rest);
        }
        return literal.append(value).toString();
    }

    /** Returns the next frame, SETTINGS and WINDOW_UPDATE included; null at the end of the connection. */
    public Frame frame() {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            return new Frame(type, flags, stream, text(in.readNBytes(length)));
        } catch (EOFException | SocketException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns all frames up to and including one of a type, or to the end of the connection. */
    public List<Frame> until(int type) {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = frame(); frame != null; frame = frame()) {
            frames.add(frame);
            if (frame.type() == type && !(type == SETTINGS && frame.has(ACK))) {
                return frames;
            }
        }
        return frames;
    }

    /** Reads a stream to its end. */
    public Answer answer(int stream) {
        Map<String, String> head = new LinkedHashMap<>();
        Map<String, String> trailers = new LinkedHashMap<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Frame frame = frame(); frame != null; frame = frame()) {
            if (frame.type() == GOAWAY && frame.error() != 0) {
                return result(head, body, trailers, frame.error());
            }
            if (frame.stream() != stream) {
                continue;
            }
            switch (frame.type()) {
                case RST_STREAM -> {
                    return result(head, body, trailers, frame.error());
                }
                case HEADERS -> {
                    Map<String, String> fields = fields(wholeBlock(frame));
                    if (!fields.getOrDefault(":status", "").startsWith("1")) {
                        (head.isEmpty() ? head : trailers).putAll(fields);
                    }
                }
                case DATA -> body.writeBytes(bytes(frame.payload()));
                default -> {}
            }
            if (frame.has(END_STREAM) && (frame.type() == HEADERS || frame.type() == DATA)) {
                return result(head, body, trailers, -1);
            }
        }
        return result(head, body, trailers, Integer.MAX_VALUE);
    }

    /** Reads up to the final head of a stream, or to its reset. */
    public Answer head(int stream) {
        for (Frame frame = frame(); frame != null; frame = frame()) {
            if (frame.stream() == stream && frame.type() == HEADERS) {
                return result(fields(wholeBlock(frame)), new ByteArrayOutputStream(), Map.of(), -1);
            }
            if (frame.stream() == stream && frame.type() == RST_STREAM) {
                return result(Map.of(), new ByteArrayOutputStream(), Map.of(), frame.error());
            }
        }
        return result(Map.of(), new ByteArrayOutputStream(), Map.of(), Integer.MAX_VALUE);
    }

    private static Answer result(
            Map<String, String> head, ByteArrayOutputStream body, Map<String, String> trailers, int error) {
        int status = Integer.parseInt(head.getOrDefault(":status", "0"));
        return new Answer(status, head, body.toString(StandardCharsets.ISO_8859_1), trailers, error);
    }

    /** Reads a head that continues in CONTINUATION frames. */
    private String wholeBlock(Frame headers) {
        StringBuilder block = new StringBuilder(headers.payload());
        for (Frame last = headers; !last.has(END_HEADERS); ) {
            last = frame();
            block.append(last.payload());
        }
        return block.toString();
    }

    private Map<String, String> fields(String block) {
        try {
            MetaData meta = decoder.decode(ByteBuffer.wrap(bytes(block)));
            Map<String, String> fields = new LinkedHashMap<>();
            if (meta instanceof MetaData.Response response) {
                fields.put(":status", Integer.toString(response.getStatus()));
            }
            for (HttpField field : meta.getHttpFields()) {
                fields.put(field.getName(), field.getValue());
            }
            return fields;
        } catch (HpackException e) {
            throw new IllegalStateException("the header block cannot be decoded", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        client.close();
    }
}
