package dev.pintle.upstream.http1;

import dev.pintle.http.DuplexStream;
import dev.pintle.telemetry.ConnectionUsage;
import dev.pintle.upstream.dns.Dialer;
import dev.pintle.upstream.target.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.LaxConnPool;
import org.apache.hc.core5.pool.PoolEntry;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The pooled connections to all targets of a node. Each target has its own pool, so a slow target does not starve
 * others. The pool closes an idle connection after 30 s, before most servers do. It replaces each connection after 5
 * min, so that changes in DNS take effect. Thread-safe.
 */
public final class ConnectionPool implements AutoCloseable {
    private static final TimeValue IDLE = TimeValue.ofSeconds(30);
    private static final Duration OLDEST = Duration.ofMinutes(5);
    private static final Duration EVICT_EVERY = Duration.ofSeconds(1);
    private static final int MAX_HEADERS = 1_000;
    private static final int UNBOUNDED = 1_000_000;
    /** A connection has three such buffers, also while idle; bodies bypass them. */
    private static final int BUFFER = 2 << 10;

    private final LaxConnPool<HttpRoute, ManagedHttpClientConnection> pool;
    private final ManagedHttpClientConnectionFactory factory;
    private final PooledConnectionOpener opener;
    /** The open WebSockets. */
    private final ConcurrentMap<HttpRoute, Integer> tunnels = new ConcurrentHashMap<>();

    private final Thread evictor;
    private volatile boolean closed;

    /**
     * Creates empty pools.
     *
     * @param dialer opens the connections
     * @param maxHeadBytes of names and values in a response head
     */
    public ConnectionPool(Dialer dialer, int maxHeadBytes) {
        this(dialer, maxHeadBytes, OLDEST);
    }

    /** @param oldest the maximum age of a connection */
    ConnectionPool(Dialer dialer, int maxHeadBytes, Duration oldest) {
        Http1Config config = Http1Config.custom()
                .setBufferSize(BUFFER)
                .setMaxLineLength(maxHeadBytes)
                .setMaxHeaderCount(MAX_HEADERS)
                .build();
        opener = new PooledConnectionOpener(dialer);
        factory = ManagedHttpClientConnectionFactory.builder()
                .http1Config(config)
                .requestWriterFactory(RequestHeadWriter::new)
                // HttpCore asks the factory for a parser without a configuration.
                .responseParserFactory(none -> new StrictResponseParser(config, maxHeadBytes))
                .build();
        pool = new LaxConnPool<>(UNBOUNDED, TimeValue.of(oldest), PoolReusePolicy.LIFO, null);
        evictor = Thread.ofVirtual().name("connection-evictor").start(this::evict);
    }

    /**
     * Leases a connection, which may not be open yet, or no longer.
     *
     * @throws IllegalStateException when the pool is closed
     */
    PoolEntry<HttpRoute, ManagedHttpClientConnection> lease(Target target, Timeout longest)
            throws InterruptedException, ExecutionException, TimeoutException {
        return pool.lease(target.route(), null, longest, null).get(longest.getDuration(), longest.getTimeUnit());
    }

    /** Opens the connection of a leased entry. */
    void open(PoolEntry<HttpRoute, ManagedHttpClientConnection> entry, long nanos) throws IOException {
        // A connection that the upstream closed may still be assigned.
        entry.discardConnection(CloseMode.IMMEDIATE);
        ManagedHttpClientConnection connection = factory.createConnection(null);
        entry.assignConnection(connection);
        opener.open(connection, entry.getRoute(), nanos);
    }

    /** Takes a leased entry back, and closes its connection unless that can be reused. */
    void release(PoolEntry<HttpRoute, ManagedHttpClientConnection> entry, boolean reusable) {
        ManagedHttpClientConnection connection = entry.getConnection();
        boolean kept = reusable && !closed && connection != null && connection.isOpen() && connection.isConsistent();
        if (kept) {
            entry.updateExpiry(IDLE);
        } else {
            // A closed pool would leave it open.
            entry.discardConnection(CloseMode.GRACEFUL);
        }
        pool.release(entry, kept);
    }

    /** Counts a connection that left the pool as a stream of its target, until it is closed. */
    DuplexStream counted(Target target, DuplexStream switched) {
        tunnels.merge(target.route(), 1, Integer::sum);
        return switched.onClose(() -> tunnels.computeIfPresent(target.route(), ConnectionPool::oneLess));
    }

    @SuppressWarnings("NullAway")
    private static Integer oneLess(HttpRoute route, Integer count) {
        return count == 1 ? null : count - 1;
    }

    /** The connections by target and TLS settings. Those that are being opened count too. */
    List<ConnectionUsage> usage() {
        return Stream.concat(pool.getRoutes().stream(), tunnels.keySet().stream())
                .distinct()
                .map(this::usage)
                .toList();
    }

    private ConnectionUsage usage(HttpRoute route) {
        PoolStats pooled = pool.getStats(route);
        int streams = pooled.getLeased() + tunnels.getOrDefault(route, 0);
        return new ConnectionUsage(
                route.getTargetHost().toURI(), ConnectionUsage.HTTP1, streams + pooled.getAvailable(), streams);
    }

    private void evict() {
        while (!closed) {
            pool.closeExpired();
            pool.closeIdle(IDLE);
            LockSupport.parkNanos(EVICT_EVERY.toNanos());
        }
    }

    /** Closes every connection of the pool, in use or not. Those that left it have owners who close them. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(evictor);
        pool.close(CloseMode.IMMEDIATE);
    }
}
