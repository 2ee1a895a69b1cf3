package dev.pintle.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/** The content of a message. It stays on the connection until it is read, and it is read once. Used by one thread at a time. */
public interface Body extends AutoCloseable {
    /** The length of a body that ends when its stream ends. */
    long UNKNOWN = -1;

    /** An empty body. */
    Body EMPTY = of(new byte[0]);

    /** The number of bytes, or {@link #UNKNOWN}. */
    long length();

    /**
     * The content. Each call returns the same stream. The first call may send {@code 100 Continue}.
     *
     * @throws IOException when the connection is already closed
     */
    InputStream stream() throws IOException;

    /** The trailers. Empty until the content was read to its end, and for a body without trailers. */
    default Headers trailers() {
        return Headers.EMPTY;
    }

    /**
     * Returns to the first byte, so that the stream provides the whole content again.
     *
     * @return false when content that was read is lost; the body is then unchanged
     */
    default boolean rewind() {
        return false;
    }

    /** Whether the sender ended the body before it was complete. */
    default boolean brokeOff() {
        return false;
    }

    /** Wraps this body so that its first {@code close} also runs {@code action}. */
    default Body onClose(Runnable action) {
        return new OnCloseBody(this, action);
    }

    /** Wraps this body without the trailers whose names satisfy {@code excluded}. */
    default Body withoutTrailers(Predicate<String> excluded) {
        return length() == UNKNOWN ? new TrailerFilteringBody(this, excluded) : this;
    }

    /** Releases the connection of the body and discards unread content. Idempotent. */
    @Override
    default void close() {}

    /** A body in memory. */
    static Body of(byte[] content) {
        ByteArrayInputStream stream = new ByteArrayInputStream(content);
        return new Body() {
            @Override
            public long length() {
                return content.length;
            }

            @Override
            public InputStream stream() {
                return stream;
            }

            @Override
            public boolean rewind() {
                stream.reset();
                return true;
            }
        };
    }
}
