package dev.pintle.upstream.upload;

import dev.pintle.http.Headers;
import java.io.IOException;
import java.io.InputStream;

/** Sends the bytes of a request body in the framing of one protocol. Used by one thread. */
public interface BodyEncoder {
    /**
     * Waits for bytes, and reads those that are available.
     *
     * @return false when the body is at its end; never reads beyond the announced length
     * @throws IOException when the body ends before its announced length, or cannot be read
     */
    boolean fill(InputStream body) throws IOException;

    /**
     * Sends the bytes that were read.
     *
     * @throws IOException when the upstream accepts no more
     */
    void write() throws IOException;

    /**
     * Sends the end of the body, if the framing requires one.
     *
     * @throws IOException when the upstream accepts no more
     */
    void end(Headers trailers) throws IOException;
}
