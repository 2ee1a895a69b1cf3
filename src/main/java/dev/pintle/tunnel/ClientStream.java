package dev.pintle.tunnel;

import java.io.IOException;

/** The output of a tunnel to its client. One thread at a time writes; any thread may close it. */
public interface ClientStream {
    /**
     * Blocks until the connection took the bytes.
     *
     * @throws IOException when the connection is closed
     */
    void write(byte[] buffer, int length) throws IOException;

    /** Ends the output; the client may continue to send. */
    void endOutput();

    /** Closes the connection. Idempotent. */
    void close();
}
