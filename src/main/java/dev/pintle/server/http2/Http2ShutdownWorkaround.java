package dev.pintle.server.http2;

import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;

/**
 * Tells a server that stops that it need not wait for an HTTP/2 session whose connection is closed. Jetty 12.1 would: a session
 * that ended just before it was asked to shut down never says that it has. Safe for all threads.
 */
final class Http2ShutdownWorkaround implements Connection.Listener {
    @Override
    public void onClosed(Connection connection) {
        if (connection instanceof HTTP2Connection http2) {
            http2.getSession().shutdown().complete(null);
        }
    }
}
