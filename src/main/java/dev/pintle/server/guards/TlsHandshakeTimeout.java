package dev.pintle.server.guards;

import dev.pintle.time.Ticker;
import java.time.Duration;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.jspecify.annotations.Nullable;

/** Closes connections whose TLS handshake takes too long. Safe for all threads. */
public final class TlsHandshakeTimeout implements ConnectionCheck {
    private final long timeoutNanos;
    private final Ticker ticker;

    /**
     * Creates the timeout.
     *
     * @param timeout from the opening of a connection to the end of its handshake
     */
    public TlsHandshakeTimeout(Duration timeout, Ticker ticker) {
        this.timeoutNanos = timeout.toNanos();
        this.ticker = ticker;
    }

    @Override
    public @Nullable Runnable watch(Connection connection) {
        if (connection instanceof SslConnection tls) {
            Handshake handshake = new Handshake(tls, ticker.nanos());
            tls.addHandshakeListener(handshake);
            return handshake::closeIfSlow;
        }
        return null;
    }

    private final class Handshake implements SslHandshakeListener {
        private final SslConnection connection;
        private final long startedAt;
        private volatile boolean done;

        Handshake(SslConnection connection, long startedAt) {
            this.connection = connection;
            this.startedAt = startedAt;
        }

        @Override
        public void handshakeSucceeded(Event event) {
            done = true;
        }

        /** Closes without an alert, because no key exists yet. */
        void closeIfSlow() {
            if (!done && ticker.nanos() - startedAt >= timeoutNanos) {
                connection.getEndPoint().close();
            }
        }
    }
}
