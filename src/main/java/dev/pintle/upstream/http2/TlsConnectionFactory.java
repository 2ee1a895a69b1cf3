package dev.pintle.upstream.http2;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Starts TLS on one connection, and HTTP/2 when the target has selected it by ALPN. Jetty's own negotiation reports
 * neither a failed handshake nor another selected protocol.
 */
final class TlsConnectionFactory implements ClientConnectionFactory {
    private static final String HTTP2 = "h2";
    private static final String CLOSED =
            "it closed the connection during the TLS handshake, perhaps because it does not offer HTTP/2 (ALPN)";

    /** Renegotiation and buffers of a connection. Everything else is set on the engine. */
    private static final SslContextFactory.Client SETTINGS = new SslContextFactory.Client();

    private final SSLEngine engine;
    private final ClientConnectionFactory http2;
    private final CompletableFuture<?> opened;

    /** @param opened fails with the reason when TLS fails */
    TlsConnectionFactory(SSLEngine engine, ClientConnectionFactory http2, CompletableFuture<?> opened) {
        this.engine = engine;
        this.http2 = http2;
        this.opened = opened;
    }

    @Override
    public Connection newConnection(EndPoint endPoint, Map<String, Object> context) {
        ClientConnector connector = (ClientConnector) Objects.requireNonNull(context.get(ClientConnector.CONTEXT_KEY));
        SslConnection tls =
                new SslConnection(connector.getByteBufferPool(), connector.getExecutor(), SETTINGS, endPoint, engine);
        Handshake handshake = new Handshake(tls.getSslEndPoint(), connector, context);
        tls.addHandshakeListener(handshake);
        tls.getSslEndPoint().setConnection(handshake);
        return tls;
    }

    /** The connection until the end of the handshake. */
    private final class Handshake extends AbstractConnection implements SslHandshakeListener {
        private final Map<String, Object> context;
        private volatile boolean succeeded;

        Handshake(EndPoint endPoint, ClientConnector connector, Map<String, Object> context) {
            super(endPoint, connector.getExecutor());
            this.context = context;
        }

        @Override
        public void handshakeSucceeded(Event event) {
            succeeded = true;
        }

        @Override
        public void handshakeFailed(Event event, Throwable failure) {
            opened.completeExceptionally(failure);
        }

        /** The empty write starts the handshake. */
        @Override
        public void onOpen() {
            super.onOpen();
            try {
                getEndPoint().flush(BufferUtil.EMPTY_BUFFER);
                fillInterested();
            } catch (IOException e) {
                fail(e);
            }
        }

        @Override
        public void onFillable() {
            try {
                int filled = succeeded ? 0 : getEndPoint().fill(BufferUtil.EMPTY_BUFFER);
                if (succeeded) {
                    upgrade();
                } else if (filled < 0) {
                    fail(new IOException(CLOSED));
                } else {
                    fillInterested();
                }
            } catch (IOException e) {
                fail(e);
            }
        }

        private void upgrade() throws IOException {
            if (engine.getApplicationProtocol().equals(HTTP2)) {
                getEndPoint().upgrade(http2.newConnection(getEndPoint(), context));
            } else {
                fail(new Http1SelectedException());
            }
        }

        private void fail(Throwable reason) {
            opened.completeExceptionally(reason);
            getEndPoint().close();
        }

        @Override
        public void onFillInterestedFailed(Throwable cause) {
            fail(cause);
        }

        @Override
        public void onClose(@Nullable Throwable cause) {
            super.onClose(cause);
            if (!succeeded) {
                opened.completeExceptionally(cause == null ? new IOException(CLOSED) : cause);
            }
        }
    }
}
