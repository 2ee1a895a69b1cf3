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
 * <p>A call that fails or takes long starts a check with new connections. Redis becomes unavailable if the check fails, or if many calls
 * in a row are slow or fail. A thread checks once a second, for the time without calls. While Redis is unavailable, that thread tries to
 * connect, with a new client each time: so it follows any failover, new address, or changed role. Safe for all threads.
 */
final class RedisConnectionManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisConnectionManager.class);
    private static final Duration RECONNECT_INTERVAL = Duration.ofMillis(500);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    /** Five bad calls in a row make Redis unavailable; so does, in time, more than one in four. */
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
     * Redis answered a call.
     *
     * @param start when the call began, on the ticker
     * @param took nanoseconds
     */
    synchronized void answered(UnifiedJedis asked, long start, long took) {
        if (RedisHealthProbe.isSlow(took)) {
            penalize(asked, start, RedisHealthProbe.SLOW);
        } else if (penalty > 0) {
            penalty--;
        }
    }

    /**
     * Redis has not answered a call yet. Checks whether it answers at all.
     *
     * @param answered whether the call was answered after all: then Redis is slow, but not unavailable
     */
    synchronized void suspect(UnifiedJedis asked, BooleanSupplier answered) {
        if (!checking) {
            checking = true;
            Thread.ofVirtual().name("redis-check").start(() -> check(asked, answered));
        }
    }

    /** Redis did not answer a call, or answered with an error. */
    synchronized void failed(UnifiedJedis asked, long start, String reason) {
        suspect(asked, () -> false);
        penalize(asked, start, reason);
    }

    private void check(UnifiedJedis asked, BooleanSupplier answered) {
        try {
            probe.check();
        } catch (RuntimeException e) {
            if (!RedisHealthProbe.isTimeout(e) || !answered.getAsBoolean()) {
                becomeUnavailable(asked, RedisHealthProbe.reason(e));
            }
        } finally {
            endCheck();
        }
    }

    private synchronized void endCheck() {
        checking = false;
    }

    /** Calls that overlap count once: one pause of Redis holds up all that are under way. */
    private void penalize(UnifiedJedis asked, long start, String reason) {
        if (start - lastPenalty >= 0) {
            lastPenalty = ticker.nanos();
            penalty += PENALTY;
        }
        if (penalty >= MAX_PENALTY) {
            becomeUnavailable(asked, reason);
        }
    }

    private synchronized void becomeUnavailable(UnifiedJedis asked, String reason) {
        if (asked.equals(client)) {
            client = null;
            observer.availability(false);
            logUnavailable(reason);
            maintenance = Thread.ofVirtual().name("redis-connect").start(() -> {
                try {
                    asked.close();
                } finally {
                    connect(reason);
                }
            });
        }
    }

    /** @param logged the reason that the log has already */
    private void connect(String logged) {
        String latest = logged;
        while (!closed) {
            try {
                watch(becomeAvailable(probe.open()));
                return;
            } catch (RuntimeException e) {
                // Whatever exception the library throws, Redis is unavailable.
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
            LOG.info("Redis at {} is available", uri);
        }
        return working;
    }

    /** Checks once a second while it is the client. */
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
                    "Redis at {} is unavailable: {}. Until it is back, each route's rate limits apply onRedisFailure",
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
