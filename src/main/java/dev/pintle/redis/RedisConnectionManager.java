package dev.pintle.redis;

import dev.pintle.time.Sleeper;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/**
 * Keeps the client of Redis while Redis is available. A call that fails starts a probe at once; the outcome of the probe
 * decides. Many slow calls, or many failed calls despite successful probes, make Redis unavailable too. A thread probes once a
 * second while no request does. While Redis is unavailable, the thread tries to connect with a new client each time, so that it
 * follows any failover, new address, or changed role. Safe for all threads.
 */
final class RedisConnectionManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisConnectionManager.class);
    private static final Duration RECONNECT_INTERVAL = Duration.ofMillis(500);
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);

    /** Five bad calls in a row make Redis unavailable; so does, in time, more than one in four. */
    private static final int TOO_BAD = 15;

    private static final int BAD = 3;

    private final RedisUri url;
    private final RedisHealthProbe probe;
    private final RedisObserver observer;
    private volatile @Nullable UnifiedJedis client;
    private volatile boolean closed;
    private Thread search;
    private boolean suspected;
    private int badness;

    RedisConnectionManager(RedisUri url, RedisHealthProbe probe, RedisObserver observer) {
        this.url = url;
        this.probe = probe;
        this.observer = observer;
        observer.availability(false);
        this.search = Thread.ofVirtual().name("redis-search").start(() -> search(""));
    }

    /** Null while Redis is unavailable. */
    @Nullable
    UnifiedJedis client() {
        return client;
    }

    /** Redis answered a call after so many nanoseconds. */
    synchronized void answered(UnifiedJedis asked, long nanos) {
        if (RedisHealthProbe.isSlow(nanos)) {
            worse(asked, RedisHealthProbe.SLOW);
        } else if (badness > 0) {
            badness--;
        }
    }

    /** Redis did not answer a call, or answered with an error. */
    synchronized void failed(UnifiedJedis asked, String why) {
        if (!suspected) {
            suspected = true;
            Thread.ofVirtual().name("redis-suspicion").start(() -> settle(asked));
        }
        worse(asked, why);
    }

    private void settle(UnifiedJedis asked) {
        try {
            probe.open().close();
        } catch (RuntimeException e) {
            leave(asked, RedisHealthProbe.reason(e));
        } finally {
            unsuspect();
        }
    }

    private synchronized void unsuspect() {
        suspected = false;
    }

    private void worse(UnifiedJedis asked, String why) {
        badness += BAD;
        if (badness >= TOO_BAD) {
            leave(asked, why);
        }
    }

    private synchronized void leave(UnifiedJedis asked, String why) {
        if (asked.equals(client)) {
            client = null;
            observer.availability(false);
            logUnavailable(why);
            search = Thread.ofVirtual().name("redis-search").start(() -> {
                try {
                    asked.close();
                } finally {
                    search(why);
                }
            });
        }
    }

    /** @param known the reason that the log has already */
    private void search(String known) {
        String told = known;
        while (!closed) {
            try {
                watch(found(probe.open()));
                return;
            } catch (RuntimeException e) {
                // Whatever exception the library throws, Redis is unavailable.
                String why = RedisHealthProbe.reason(e);
                if (!why.equals(told)) {
                    logUnavailable(why);
                    told = why;
                }
            }
            pause(RECONNECT_INTERVAL);
        }
    }

    private synchronized UnifiedJedis found(UnifiedJedis working) {
        if (closed) {
            working.close();
        } else {
            badness = 0;
            client = working;
            observer.availability(true);
            LOG.info("Redis at {} is available", url);
        }
        return working;
    }

    /** Probes once a second while it is the client. */
    private void watch(UnifiedJedis own) {
        pause(PROBE_INTERVAL);
        while (own.equals(client)) {
            try {
                probe.ask(own);
            } catch (RuntimeException e) {
                failed(own, RedisHealthProbe.reason(e));
            }
            pause(PROBE_INTERVAL);
        }
    }

    private void logUnavailable(String why) {
        if (!closed) {
            LOG.warn(
                    "Redis at {} is unavailable: {}. Until it is back, each route's rate limits apply onRedisFailure",
                    url,
                    why);
        }
    }

    private void pause(Duration length) {
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
        search.interrupt();
        UnifiedJedis last = client;
        client = null;
        if (last != null) {
            last.close();
        }
    }
}
