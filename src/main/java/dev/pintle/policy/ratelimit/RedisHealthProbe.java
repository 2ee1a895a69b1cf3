package dev.pintle.policy.ratelimit;

import dev.pintle.time.Ticker;
import java.time.Duration;
import redis.clients.jedis.UnifiedJedis;

/**
 * Finds out whether Redis does what is asked of it, by asking just that: one that answers a ping may take no writes, or not
 * from us.
 */
final class RedisHealthProbe {
    static final String SLOW = "it is slow";

    /** Names enough to meet every shard of a usual cluster. */
    private static final int BUCKETS = 16;

    private static final Rate RATE = Rate.of(1, Duration.ofSeconds(1), 1);
    private static final long SLOW_NANOS = Duration.ofMillis(25).toNanos();

    private final RedisUri url;
    private final Duration patience;
    private final Ticker ticker;

    /** @param patience with each single step */
    RedisHealthProbe(RedisUri url, Duration patience, Ticker ticker) {
        this.url = url;
        this.patience = patience;
        this.ticker = ticker;
    }

    static boolean isSlow(long nanos) {
        return nanos > SLOW_NANOS;
    }

    /** What was at the bottom of it, for the log. */
    static String reason(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : reason(cause);
    }

    /**
     * A new client that was seen to work.
     *
     * @throws RuntimeException when it does not
     */
    UnifiedJedis open() {
        UnifiedJedis client = RedisClientFactory.open(url, patience);
        try {
            // The first round connects to every shard, and is no measure.
            ask(client);
            long start = ticker.nanos();
            ask(client);
            if (isSlow((ticker.nanos() - start) / BUCKETS)) {
                throw new IllegalStateException(SLOW);
            }
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /**
     * Asks once for every shard.
     *
     * @throws RuntimeException when it does not answer
     */
    static void ask(UnifiedJedis client) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            TokenBucketScript.run(client, "pintle:probe:" + bucket, RATE, 1, 0, 1);
        }
    }
}
