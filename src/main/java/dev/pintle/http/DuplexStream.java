package dev.pintle.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The upstream's end of a connection after it switched protocols. One thread reads and another may write; any thread may
 * close it.
 */
public interface DuplexStream extends AutoCloseable {
    /** The bytes that the upstream sends. */
    InputStream input();

    /** Sends bytes to the upstream at once. */
    OutputStream output();

    /**
     * Ends the output; the upstream may continue to send.
     *
     * @throws IOException when the connection is already closed
     */
    void endOutput() throws IOException;

    /** Closes the connection. Idempotent. */
    @Override
    void close();

    /** Wraps this stream so that its first {@code close} also runs {@code action}. */
    default DuplexStream onClose(Runnable action) {
        return new OnCloseStream(this, action);
    }
}
