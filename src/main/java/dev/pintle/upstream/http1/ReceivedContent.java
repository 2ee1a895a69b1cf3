package dev.pintle.upstream.http1;

import dev.pintle.http.Body;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.hc.core5.http.io.SessionOutputBuffer;

/**
 * The bytes of a short request body that have arrived before it is forwarded. The server hands over one network buffer
 * at a time, so a body of 10 KiB arrives in two parts. Used by one thread.
 */
final class ReceivedContent {
    /** Nothing, which is the beginning of every body. */
    static final ReceivedContent NONE = new ReceivedContent(0);

    /** The bytes before the body, where most heads fit. The body is not copied to follow its head. */
    private static final int HEAD = 1 << 10;

    private final int length;
    private final byte[] bytes;
    private int size;

    private ReceivedContent(int length) {
        this.length = length;
        bytes = new byte[HEAD + length];
    }

    /**
     * Reads what has arrived, without waiting for the client.
     *
     * @param max the length of the longest short body
     * @throws ExchangeException when the client broke the body off
     */
    static ReceivedContent of(Body body, int max) {
        try {
            InputStream content = body.stream();
            boolean isShort = body.length() >= 0 && body.length() <= max;
            if (!isShort || content.available() == 0) {
                return NONE;
            }
            ReceivedContent received = new ReceivedContent((int) body.length());
            while (received.size < received.length && content.available() > 0) {
                received.read(content);
            }
            return received;
        } catch (IOException e) {
            throw new ExchangeException(FailureKind.CLIENT_BODY, "the request body broke off: " + e.getMessage());
        }
    }

    private void read(InputStream content) throws IOException {
        size += Math.max(content.read(bytes, HEAD + size, length - size), 0);
    }

    /** Whether the whole body is here. */
    boolean isWhole() {
        return size > 0 && size == length;
    }

    /** Writes the bytes after a head, in one piece. */
    void writeAfter(byte[] head, int headSize, SessionOutputBuffer buffer, OutputStream wire) throws IOException {
        if (size == 0) {
            buffer.write(head, 0, headSize, wire);
        } else if (headSize <= HEAD) {
            System.arraycopy(head, 0, bytes, HEAD - headSize, headSize);
            buffer.write(bytes, HEAD - headSize, headSize + size, wire);
        } else {
            byte[] message = Arrays.copyOf(head, headSize + size);
            System.arraycopy(bytes, HEAD, message, headSize, size);
            buffer.write(message, 0, message.length, wire);
        }
    }

    /** Writes the bytes. */
    void writeTo(OutputStream wire) throws IOException {
        wire.write(bytes, HEAD, size);
    }

    /** The bytes that have arrived. */
    InputStream stream() {
        return new ByteArrayInputStream(bytes, HEAD, size);
    }
}
