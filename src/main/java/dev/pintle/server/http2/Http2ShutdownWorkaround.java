package dev.pintle.server.http2;

import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;

/**
 * Completes the shutdown of HTTP/2 sessions whose connection is closed. Works around Jetty 12.1, where a session that
 * ended just before the shutdown never completes. Delete it when Jetty completes them. Safe for all threads.
 */
final class Http2ShutdownWorkaround implements Connection.Listener {
    @Override
    public void onClosed(Connection connection) {
        if (connection instanceof HTTP2Connection http2) {
            http2.getSession().shutdown().complete(null);
        }
    }
}
