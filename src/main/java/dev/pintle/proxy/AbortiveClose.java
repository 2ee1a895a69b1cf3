package dev.pintle.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;

/**
 * Makes a truncated response visible to the client when the end of the connection ends the response, as with unknown
 * lengths in HTTP/1.0. While enabled, a close of the client socket sends RST instead of FIN, also when the server stops
 * or the process is killed.
 */
final class AbortiveClose {
    private static final int IMMEDIATE = 0;
    private static final int DISABLED = -1;

    private AbortiveClose() {}

    /**
     * Enables the reset.
     *
     * @throws IOException when the client connection is closed
     */
    static void enable(EndPoint endPoint) throws IOException {
        linger(endPoint, IMMEDIATE);
    }

    /**
     * Disables the reset.
     *
     * @throws IOException when the client connection is closed
     */
    static void disable(EndPoint endPoint) throws IOException {
        linger(endPoint, DISABLED);
    }

    /** Closes a connection immediately. TLS sends no close_notify, which would mark the response as complete. */
    static void abort(EndPoint endPoint) {
        socket(endPoint).close();
    }

    private static void linger(EndPoint endPoint, int seconds) throws IOException {
        if (socket(endPoint).getTransport() instanceof SocketChannel channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, seconds);
        }
    }

    private static EndPoint socket(EndPoint endPoint) {
        EndPoint socket = endPoint;
        while (socket instanceof EndPoint.Wrapper wrapper) {
            socket = wrapper.unwrap();
        }
        return socket;
    }
}
