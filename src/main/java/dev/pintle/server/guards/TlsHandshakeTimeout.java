package dev.pintle.server.guards;

import dev.pintle.time.Ticker;
import java.time.Duration;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.jspecify.annotations.Nullable;

/** Closes connections whose TLS handshake takes too long. Safe for all threads. */
public final class TlsHandshakeTimeout implements ConnectionCheck {
    private final long longestNanos;
    private final Ticker ticker;

    /** @param longest from the opening of a connection to the end of its handshake */
    public TlsHandshakeTimeout(Duration longest, Ticker ticker) {
        this.longestNanos = longest.toNanos();
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
        private final long begunAt;
        private volatile boolean done;

        Handshake(SslConnection connection, long begunAt) {
            this.connection = connection;
            this.begunAt = begunAt;
        }

        @Override
        public void handshakeSucceeded(Event event) {
            done = true;
        }

        /** Sends no alert, because no key exists yet. */
        void closeIfSlow() {
            if (!done && ticker.nanos() - begunAt >= longestNanos) {
                connection.getEndPoint().close();
            }
        }
    }
}
