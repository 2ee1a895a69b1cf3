package dev.pintle.testing;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty's WebSocket server (RFC 6455, RFC 7692), which sends each message back. */
public final class WebSocketEcho implements AutoCloseable {
    /** The largest message that the server accepts. */
    public static final int MAX_MESSAGE = 1 << 20;

    /** The subprotocol that the server selects when a client offers it. */
    public static final String SUBPROTOCOL = "echo";

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    private WebSocketEcho() {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(server, sockets -> {
            sockets.setMaxTextMessageSize(MAX_MESSAGE);
            sockets.setMaxBinaryMessageSize(MAX_MESSAGE);
            sockets.setMaxFrameSize(MAX_MESSAGE);
            sockets.setIdleTimeout(Duration.ofMinutes(5));
            sockets.addMapping("/*", (request, response, callback) -> {
                if (request.hasSubProtocol(SUBPROTOCOL)) {
                    response.setAcceptedSubProtocol(SUBPROTOCOL);
                }
                return new Echo();
            });
        }));
    }

    /** Starts a server on a free loopback port. */
    public static WebSocketEcho start() {
        WebSocketEcho echo = new WebSocketEcho();
        try {
            echo.server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the WebSocket server does not start", e);
        }
        return echo;
    }

    public int port() {
        return connector.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the WebSocket server does not stop", e);
        }
    }

    /**
     * Reads no further frame before the echo is sent, so that the order of all frames is fixed. Public, because Jetty
     * looks up its methods.
     */
    public static final class Echo implements Session.Listener {
        private Session session;

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
            session.demand();
        }

        @Override
        public void onWebSocketText(String message) {
            session.sendText(message, Callback.from(session::demand, failure -> {}));
        }

        @Override
        public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
            session.sendBinary(payload, Callback.from(callback, session::demand));
        }
    }
}
