package dev.pintle.policy.ratelimit;

import dev.pintle.telemetry.Metrics;
import dev.pintle.time.Sleeper;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/**
 * The client of Redis while Redis is well, and none while it is away. One call that fails raises a suspicion that a probe
 * settles at once; calls that are slow, or fail though the probe does not, do so when there are many. A thread of its own
 * asks now and then, for the time when nobody else does; while Redis is away it looks for it, with a new client each time:
 * that gets over any failover, new address or changed role. Safe for all threads.
 */
final class RedisConnectionManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisConnectionManager.class);
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(500);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** Five bad calls in a row are too many; so is, in time, more than one in four. */
    private static final int TOO_BAD = 15;

    private static final int FAILURE = 3;

    private final RedisUri url;
    private final RedisHealthProbe probe;
    private final Metrics metrics;
    private volatile @Nullable UnifiedJedis client;
    private volatile boolean closed;
    private Thread search;
    private boolean suspected;
    private int badness;

    RedisConnectionManager(RedisUri url, RedisHealthProbe probe, Metrics metrics) {
        this.url = url;
        this.probe = probe;
        this.metrics = metrics;
        metrics.limiterMode(RateLimitMode.SPLIT.text());
        this.search = Thread.ofVirtual().name("redis-search").start(() -> search(""));
    }

    /** Null while Redis is away. */
    @Nullable
    UnifiedJedis client() {
        return client;
    }

    /** A call was answered in so many nanoseconds. */
    synchronized void answered(UnifiedJedis asked, long nanos) {
        if (RedisHealthProbe.isSlow(nanos)) {
            worse(asked, RedisHealthProbe.SLOW);
        } else if (badness > 0) {
            badness--;
        }
    }

    /** A call was not answered, or with an error. */
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
        badness += FAILURE;
        if (badness >= TOO_BAD) {
            leave(asked, why);
        }
    }

    private synchronized void leave(UnifiedJedis asked, String why) {
        if (asked.equals(client)) {
            client = null;
            metrics.limiterMode(RateLimitMode.SPLIT.text());
            tellAway(why);
            search = Thread.ofVirtual().name("redis-search").start(() -> {
                try {
                    asked.close();
                } finally {
                    search(why);
                }
            });
        }
    }

    /** @param known why Redis is away, as it was told already */
    private void search(String known) {
        String told = known;
        while (!closed) {
            try {
                watch(found(probe.open()));
                return;
            } catch (RuntimeException e) {
                // Whatever the library makes of it: Redis is not there.
                String why = RedisHealthProbe.reason(e);
                if (!why.equals(told)) {
                    tellAway(why);
                    told = why;
                }
            }
            pause(BETWEEN_PROBES);
        }
    }

    private synchronized UnifiedJedis found(UnifiedJedis working) {
        if (closed) {
            working.close();
        } else {
            badness = 0;
            client = working;
            metrics.limiterMode(RateLimitMode.REDIS.text());
            LOG.info("Redis at {} is there: rate limits are counted in it", url);
        }
        return working;
    }

    /** Asks now and then for as long as it is the client. */
    private void watch(UnifiedJedis own) {
        pause(BETWEEN_LOOKS);
        while (own.equals(client)) {
            try {
                RedisHealthProbe.ask(own);
            } catch (RuntimeException e) {
                failed(own, RedisHealthProbe.reason(e));
            }
            pause(BETWEEN_LOOKS);
        }
    }

    private void tellAway(String why) {
        if (!closed) {
            LOG.warn("Redis at {} is away; until it is back each node does what its routes say for that: {}", url, why);
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
