package dev.pintle.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/** The content of a message, on the wire until it is read, and read once. Used by one thread at a time. */
public interface Body extends AutoCloseable {
    /** The length of a body whose end is known only when it is reached. */
    long UNKNOWN = -1;

    /** No content at all. */
    Body EMPTY = of(new byte[0]);

    /** Octets, or {@link #UNKNOWN}. */
    long length();

    /**
     * The octets. Each call answers the same stream; the first may tell the peer to go on ({@code 100 Continue}).
     *
     * @throws IOException when the peer is gone already
     */
    InputStream stream() throws IOException;

    /** The fields after the content; empty before its end was read, and when there are none. */
    default Headers trailers() {
        return Headers.EMPTY;
    }

    /**
     * Goes back to the first octet, so that the stream gives the whole content again.
     *
     * @return false when what was read is gone; nothing is changed then
     */
    default boolean rewind() {
        return false;
    }

    /** Whether it could not be read to its end because of the peer that sends it. */
    default boolean brokeOff() {
        return false;
    }

    /** This body, which runs {@code action} once when it is closed. */
    default Body onClose(Runnable action) {
        return new OnCloseBody(this, action);
    }

    /** This body without the trailers whose names satisfy {@code leftOut}. */
    default Body withoutTrailers(Predicate<String> leftOut) {
        return length() == UNKNOWN ? new TrailerFilteringBody(this, leftOut) : this;
    }

    /** Lets go of what carries the body; unread octets are lost. May be called again. */
    @Override
    default void close() {}

    /** Content that is kept in memory. */
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
