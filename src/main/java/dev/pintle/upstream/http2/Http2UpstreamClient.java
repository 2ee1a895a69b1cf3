package dev.pintle.upstream.http2;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.ProxyStatusError;
import dev.pintle.http.ReplayableBody;
import dev.pintle.telemetry.ConnectionUsage;
import dev.pintle.time.Ticker;
import dev.pintle.time.Watchdog;
import dev.pintle.upstream.dns.Dialer;
import dev.pintle.upstream.target.ConnectFailure;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.Timeouts;
import dev.pintle.upstream.target.UpstreamClient;
import dev.pintle.upstream.target.UpstreamProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.HttpRoute;

/**
 * Sends requests over HTTP/2. Several requests share a connection. Connections end after 30 s without a request, and
 * after 5 min, so that changes in DNS take effect. Thread-safe.
 */
public final class Http2UpstreamClient implements UpstreamClient, AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration OLDEST = Duration.ofMinutes(5);
    private static final Duration EVICT_EVERY = Duration.ofSeconds(1);

    /** How often a request that a target did not process is sent again. Targets end connections at any time. */
    private static final int MOST_REPEATS = 3;

    /** The bytes of a request body that are kept until the target has processed them. */
    private static final int REPLAYED = 64 << 10;

    /** Targets with the same address and the same TLS settings share connections. */
    private record Key(HttpRoute route, UpstreamProtocol protocol) {}

    private final Http2Connector connector;
    private final Watchdog watchdog;
    private final Ticker ticker;
    private final Map<Key, Http2ConnectionPool> pools = new ConcurrentHashMap<>();
    private final Thread evictor;
    private volatile boolean closed;

    /**
     * Creates a client without connections.
     *
     * @param dialer opens the connections
     * @param maxHeadBytes of names and values in a response head
     */
    public Http2UpstreamClient(Dialer dialer, Watchdog watchdog, Ticker ticker, int maxHeadBytes) {
        this.connector = new Http2Connector(dialer, ticker, maxHeadBytes);
        this.watchdog = watchdog;
        this.ticker = ticker;
        this.evictor = Thread.ofVirtual().name("http2-evictor").start(this::evict);
    }

    /**
     * {@inheritDoc}
     *
     * @throws ProtocolNotSelectedException when the target is {@link UpstreamProtocol#AUTO} and selects HTTP/1.1
     */
    @Override
    public GatewayResponse send(Target target, Exchange exchange, Timeouts timeouts) {
        Key key = new Key(target.route(), target.protocol());
        Http2ConnectionPool pool = entered(key, target);
        try {
            return send(pool, target, withReplayableBody(exchange), timeouts);
        } finally {
            pool.leave();
        }
    }

    private static Exchange withReplayableBody(Exchange exchange) {
        return exchange.request().body().length() == 0
                ? exchange
                : exchange.with(exchange.request()
                        .withBody(new ReplayableBody(exchange.request().body(), REPLAYED)));
    }

    private GatewayResponse send(Http2ConnectionPool pool, Target target, Exchange exchange, Timeouts timeouts) {
        for (int repeats = 0; ; repeats++) {
            Http2Connection connection = connection(pool, target, exchange, timeouts);
            try {
                return new Http2Exchange(connection, watchdog, target, exchange, timeouts).run();
            } catch (UnprocessedException e) {
                unprocessed(connection, e);
                if (repeats == MOST_REPEATS || !exchange.request().body().rewind()) {
                    throw new ExchangeException(
                            FailureKind.CONNECT, ProxyStatusError.CONNECTION_TERMINATED, target + " " + e.getMessage());
                }
            }
        }
    }

    private static void unprocessed(Http2Connection connection, UnprocessedException reason) {
        switch (reason) {
            case RefusedStreamException refused -> connection.refused();
            default -> connection.drain();
        }
    }

    private Http2Connection connection(Http2ConnectionPool pool, Target target, Exchange exchange, Timeouts timeouts) {
        Http2Connection[] taken = new Http2Connection[1];
        long end = ticker.nanos()
                + Math.min(timeouts.connect().toNanos(), exchange.budget().left());
        try {
            exchange.cancellation().check();
            exchange.cancellation()
                    .<Exception>interrupts(() -> taken[0] =
                            pool.take(timeouts.connect(), next -> PendingConnection.await(next, end - ticker.nanos())));
            return taken[0];
        } catch (Http1SelectedException e) {
            if (target.protocol() == UpstreamProtocol.AUTO) {
                throw new ProtocolNotSelectedException();
            }
            throw ConnectFailure.of(e, false, target);
        } catch (InterruptedException e) {
            exchange.cancellation().check();
            Thread.currentThread().interrupt();
            throw ConnectFailure.of(e, false, target);
        } catch (ExchangeException e) {
            throw e;
        } catch (Exception e) {
            throw ConnectFailure.of(e, false, target);
        }
    }

    @Override
    public List<ConnectionUsage> usage() {
        return pools.values().stream().map(Http2ConnectionPool::usage).toList();
    }

    private Http2ConnectionPool entered(Key key, Target target) {
        return pools.compute(key, (same, known) -> {
            Http2ConnectionPool pool = known == null ? new Http2ConnectionPool(connector, target) : known;
            pool.enter();
            return pool;
        });
    }

    private void evict() {
        while (!closed) {
            for (Key key : pools.keySet()) {
                pools.computeIfPresent(key, (same, pool) -> {
                    pool.retire(OLDEST, IDLE);
                    return pool.isUnused() ? null : pool;
                });
            }
            LockSupport.parkNanos(EVICT_EVERY.toNanos());
        }
    }

    /** Closes every connection, in use or not. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(evictor);
        connector.close();
    }
}
