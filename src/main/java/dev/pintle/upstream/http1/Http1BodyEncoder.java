package dev.pintle.upstream.http1;

import dev.pintle.http.Body;
import dev.pintle.http.Headers;
import dev.pintle.upstream.upload.BodyEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicLineFormatter;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Encodes a request body for HTTP/1.1: unchanged when its length was announced, otherwise in chunks (RFC 9112 section
 * 7.1). It forwards all bytes immediately. Only {@link #end} completes a chunked body. Used by one thread.
 */
final class Http1BodyEncoder implements BodyEncoder {
    private static final int LEAST = 1 << 10;
    private static final int MOST = 16 << 10;
    /** The size of a chunk, in up to four digits, and the end of its line. */
    private static final int ROOM = 6;

    private static final int LINE_END = 2;

    private final OutputStream wire;
    private final boolean chunked;
    private final InputStream received;
    private final Runnable moved;
    /** Grows on demand, so that thousands of slow uploads do not hold a large buffer each. */
    private byte[] frame = frame(LEAST);

    private long left;
    private int filled;

    /**
     * Creates an encoder.
     *
     * @param length the announced length in bytes, or {@link Body#UNKNOWN}
     * @param received the beginning of the body, which was read before
     * @param moved runs after each write
     */
    Http1BodyEncoder(OutputStream wire, long length, ReceivedContent received, Runnable moved) {
        this.wire = wire;
        this.received = received.stream();
        this.moved = moved;
        this.chunked = length == Body.UNKNOWN;
        this.left = chunked ? Long.MAX_VALUE : length;
    }

    @Override
    public boolean fill(InputStream body) throws IOException {
        InputStream from = received.available() > 0 ? received : body;
        if (from.available() > room()) {
            frame = frame(MOST);
        }
        filled = left == 0 ? -1 : from.read(frame, ROOM, (int) Math.min(room(), left));
        if (filled < 0 && !chunked && left > 0) {
            throw new IOException(left + " bytes of it are missing");
        }
        left -= Math.max(filled, 0);
        return filled >= 0;
    }

    private static byte[] frame(int octets) {
        return new byte[ROOM + octets + LINE_END];
    }

    private int room() {
        return frame.length - ROOM - LINE_END;
    }

    @Override
    public void write() throws IOException {
        if (!chunked) {
            wire.write(frame, ROOM, filled);
        } else if (filled > 0) {
            byte[] size = (Integer.toHexString(filled) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            int start = ROOM - size.length;
            System.arraycopy(size, 0, frame, start, size.length);
            frame[ROOM + filled] = '\r';
            frame[ROOM + filled + 1] = '\n';
            wire.write(frame, start, size.length + filled + LINE_END);
        }
        moved.run();
    }

    @Override
    public void end(Headers trailers) throws IOException {
        if (chunked) {
            CharArrayBuffer text = new CharArrayBuffer(64);
            text.append("0\r\n");
            trailers.forEach((name, value) -> {
                BasicLineFormatter.INSTANCE.formatHeader(text, new BasicHeader(name, value));
                text.append("\r\n");
            });
            text.append("\r\n");
            wire.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
