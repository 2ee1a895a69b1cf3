package dev.pintle.server.http2;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** A server that speaks HTTP/2 as the gateway does, without the rest of the gateway. */
final class TestHttp2Server implements AutoCloseable {
    private final CompletableFuture<HTTP2Connection> opened = new CompletableFuture<>();
    private final Server server = new Server();
    private final ServerConnector connector =
            new ServerConnector(server, new Http2ConnectionFactory(new HttpConfiguration(), "h2c"));

    TestHttp2Server(Duration idle) throws Exception {
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(idle.toMillis());
        connector.addEventListener(new Connection.Listener() {
            @Override
            public void onOpened(Connection connection) {
                opened.complete((HTTP2Connection) connection);
            }
        });
        server.addConnector(connector);
        server.start();
    }

    int port() {
        return connector.getLocalPort();
    }

    /** Waits for the first connection. */
    HTTP2Connection connection() {
        return opened.join();
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }
}
