package dev.pintle.redis;

import dev.pintle.time.Sleeper;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/**
 * Keeps the client of Redis while Redis is available.
 *
 * <p>A failed or slow call starts a health check with new connections. Redis becomes unavailable if the check fails, or
 * if many calls in a row are slow or fail. A thread also checks once a second, because calls may be rare. While Redis
 * is unavailable, that thread reconnects with a new client each time, so that it follows failovers, new addresses and
 * changed roles. Safe for all threads.
 */
final class RedisConnectionManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisConnectionManager.class);
    private static final Duration RECONNECT_INTERVAL = Duration.ofMillis(500);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    /** Five bad calls in a row make Redis unavailable; a rate above one bad call in four does so over time. */
    private static final int MAX_PENALTY = 15;

    private static final int PENALTY = 3;

    private final RedisUri uri;
    private final RedisHealthProbe probe;
    private final Ticker ticker;
    private final RedisObserver observer;
    private volatile @Nullable UnifiedJedis client;
    private volatile boolean closed;
    private Thread maintenance;
    private boolean checking;
    private int penalty;
    private long lastPenalty;

    RedisConnectionManager(RedisUri uri, RedisHealthProbe probe, Ticker ticker, RedisObserver observer) {
        this.uri = uri;
        this.probe = probe;
        this.ticker = ticker;
        this.observer = observer;
        observer.availability(false);
        this.maintenance = Thread.ofVirtual().name("redis-connect").start(() -> connect(""));
    }

    /** Null while Redis is unavailable. */
    @Nullable
    UnifiedJedis client() {
        return client;
    }

    /**
     * Records that Redis answered a call.
     *
     * @param start the start of the call, on the ticker
     * @param duration the duration in nanoseconds
     */
    synchronized void answered(UnifiedJedis usedClient, long start, long duration) {
        if (RedisHealthProbe.isSlow(duration)) {
            penalize(usedClient, start, RedisHealthProbe.SLOW);
        } else if (penalty > 0) {
            penalty--;
        }
    }

    /**
     * Starts a health check, because Redis has not answered a call in time.
     *
     * @param answered whether the call has been answered since: then Redis is slow, but not unavailable
     */
    synchronized void suspect(UnifiedJedis usedClient, BooleanSupplier answered) {
        if (!checking) {
            checking = true;
            Thread.ofVirtual().name("redis-check").start(() -> check(usedClient, answered));
        }
    }

    /** Records that Redis did not answer a call or answered with an error. */
    synchronized void failed(UnifiedJedis usedClient, long start, String reason) {
        suspect(usedClient, () -> false);
        penalize(usedClient, start, reason);
    }

    private void check(UnifiedJedis usedClient, BooleanSupplier answered) {
        try {
            probe.check();
        } catch (RuntimeException e) {
            if (!RedisHealthProbe.isTimeout(e) || !answered.getAsBoolean()) {
                becomeUnavailable(usedClient, RedisHealthProbe.reason(e));
            }
        } finally {
            endCheck();
        }
    }

    private synchronized void endCheck() {
        checking = false;
    }

    /** Counts overlapping calls once, because one pause of Redis delays all of them. */
    private void penalize(UnifiedJedis usedClient, long start, String reason) {
        if (start - lastPenalty >= 0) {
            lastPenalty = ticker.nanos();
            penalty += PENALTY;
        }
        if (penalty >= MAX_PENALTY) {
            becomeUnavailable(usedClient, reason);
        }
    }

    private synchronized void becomeUnavailable(UnifiedJedis usedClient, String reason) {
        if (usedClient.equals(client)) {
            client = null;
            observer.availability(false);
            logUnavailable(reason);
            maintenance = Thread.ofVirtual().name("redis-connect").start(() -> {
                try {
                    usedClient.close();
                } finally {
                    connect(reason);
                }
            });
        }
    }

    /** @param logged the reason that is already in the log */
    private void connect(String logged) {
        String latest = logged;
        while (!closed) {
            try {
                watch(becomeAvailable(probe.open()));
                return;
            } catch (RuntimeException e) {
                // Any exception of the library means that Redis is unavailable.
                String reason = RedisHealthProbe.reason(e);
                if (!reason.equals(latest)) {
                    logUnavailable(reason);
                    latest = reason;
                }
            }
            sleep(RECONNECT_INTERVAL);
        }
    }

    private synchronized UnifiedJedis becomeAvailable(UnifiedJedis working) {
        if (closed) {
            working.close();
        } else {
            penalty = 0;
            lastPenalty = ticker.nanos();
            client = working;
            observer.availability(true);
            LOG.info("Redis at {} is available.", uri);
        }
        return working;
    }

    /** Checks the client once a second until it is replaced. */
    private void watch(UnifiedJedis own) {
        sleep(CHECK_INTERVAL);
        while (own.equals(client)) {
            long start = ticker.nanos();
            try {
                probe.ask(own);
            } catch (RuntimeException e) {
                failed(own, start, RedisHealthProbe.reason(e));
            }
            sleep(CHECK_INTERVAL);
        }
    }

    private void logUnavailable(String reason) {
        if (!closed) {
            LOG.warn(
                    "Redis at {} is unavailable: {}. Until it returns, rate limits follow onRedisFailure of their"
                            + " route.",
                    uri,
                    reason);
        }
    }

    private void sleep(Duration length) {
        try {
            Sleeper.SLEEP.of(length);
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        maintenance.interrupt();
        UnifiedJedis last = client;
        client = null;
        if (last != null) {
            last.close();
        }
    }
}
