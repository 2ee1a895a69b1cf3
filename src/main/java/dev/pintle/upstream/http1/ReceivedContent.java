package dev.pintle.upstream.http1;

import dev.pintle.http.Body;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a short request body that have arrived before it is forwarded. The server hands over one network buffer
 * at a time, so a body of 10 KiB arrives in two parts. Used by one thread.
 */
final class ReceivedContent {
    private final byte[] bytes;
    private int size;

    private ReceivedContent(int length) {
        bytes = new byte[length];
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
            ReceivedContent received =
                    new ReceivedContent(isShort && content.available() > 0 ? (int) body.length() : 0);
            while (received.size < received.bytes.length && content.available() > 0) {
                received.read(content);
            }
            return received;
        } catch (IOException e) {
            throw new ExchangeException(FailureKind.CLIENT_BODY, "the request body broke off: " + e.getMessage());
        }
    }

    private void read(InputStream content) throws IOException {
        size += Math.max(content.read(bytes, size, bytes.length - size), 0);
    }

    /** Whether the whole body is here. */
    boolean isWhole() {
        return size > 0 && size == bytes.length;
    }

    /** The whole body. */
    byte[] bytes() {
        return bytes;
    }

    /** The bytes that have arrived. */
    InputStream stream() {
        return new ByteArrayInputStream(bytes, 0, size);
    }
}
