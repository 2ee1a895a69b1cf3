package dev.pintle.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;

/**
 * Makes the cut of a response visible that ends with its connection, as responses of unknown length do in HTTP/1.0. While it
 * is on, a close of the client's socket sends RST instead of FIN, whoever closes it: the gateway, the server that stops, or
 * the system when the process is killed.
 */
final class AbortiveClose {
    private static final int AT_ONCE = 0;
    private static final int OFF = -1;

    private AbortiveClose() {}

    /** @throws IOException when the client's connection is closed */
    static void enable(EndPoint endPoint) throws IOException {
        linger(endPoint, AT_ONCE);
    }

    /** @throws IOException when the client's connection is closed */
    static void disable(EndPoint endPoint) throws IOException {
        linger(endPoint, OFF);
    }

    /** Closes a connection without a farewell: TLS sends no close_notify, which would say that the response is complete. */
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
