package dev.pintle.server.proxyprotocol;

import dev.pintle.server.guards.ConnectionCheck;
import dev.pintle.time.Ticker;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/** Closes connections whose PROXY header takes too long. Safe for all threads. */
public final class ProxyHeaderTimeout implements ConnectionCheck {
    private final Ticker ticker;

    public ProxyHeaderTimeout(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public @Nullable Runnable watch(Connection connection) {
        if (connection instanceof ProxyProtocolConnection waiting) {
            long end = ticker.nanos() + waiting.timeout().toNanos();
            return () -> closeAfter(end, waiting);
        }
        return null;
    }

    private void closeAfter(long end, ProxyProtocolConnection waiting) {
        if (ticker.nanos() - end >= 0) {
            waiting.close(
                    "sent no complete PROXY header within " + waiting.timeout().toMillis() + " ms");
        }
    }
}
