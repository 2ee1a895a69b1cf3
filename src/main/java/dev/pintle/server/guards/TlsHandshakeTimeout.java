package dev.pintle.server.guards;

import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Ends connections whose TLS handshake does not come to its end in time. The server itself bounds the gap between two octets
 * only, and no request has begun that anyone else would time. Safe for all threads.
 */
public final class TlsHandshakeTimeout extends AbstractLifeCycle implements Connection.Listener, SslHandshakeListener {
    private static final long MOST_ROUND_NANOS = Duration.ofSeconds(1).toNanos();

    private final Map<SSLEngine, Visit> visits = new ConcurrentHashMap<>();
    private final long longestNanos;
    private final Ticker ticker;

    private record Visit(EndPoint client, long begunAt) {}

    /** @param longest from the opening of a connection, with an error of a second or a quarter of it */
    public TlsHandshakeTimeout(Duration longest, Ticker ticker) {
        this.longestNanos = longest.toNanos();
        this.ticker = ticker;
    }

    @Override
    protected void doStart() {
        Thread.ofVirtual().name("slow-handshakes").start(this::patrol);
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof SslConnection tls) {
            visits.put(tls.getSSLEngine(), new Visit(tls.getEndPoint(), ticker.nanos()));
        }
    }

    @Override
    public void handshakeSucceeded(Event event) {
        visits.remove(event.getSSLEngine());
    }

    @Override
    public void onClosed(Connection connection) {
        if (connection instanceof SslConnection tls) {
            visits.remove(tls.getSSLEngine());
        }
    }

    /** Without a word: there is no key yet to say it with. */
    private void patrol() {
        while (!isStopping() && !isStopped()) {
            long now = ticker.nanos();
            for (Visit visit : visits.values()) {
                if (now - visit.begunAt() >= longestNanos) {
                    visit.client().close();
                }
            }
            LockSupport.parkNanos(Math.min(longestNanos / 4, MOST_ROUND_NANOS));
        }
    }
}
