package dev.pintle.redis;

import dev.pintle.time.Ticker;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;

/** Finds out whether Redis does its work, by having it do that work: a server that answers a ping can still reject writes. */
final class RedisHealthProbe {
    static final String SLOW = "answers take more than 25 ms";

    /** How long a check waits for each single step. */
    private static final Duration CHECK_TIMEOUT = Duration.ofMillis(150);

    /** Enough keys to reach every shard of a usual cluster. */
    private static final int KEYS = 16;

    private static final long SLOW_NANOS = Duration.ofMillis(25).toNanos();

    private final RedisUri uri;
    private final RedisProbeCommand command;
    private final Duration timeout;
    private final Ticker ticker;

    /** @param timeout of each single step of the clients that it opens */
    RedisHealthProbe(RedisUri uri, RedisProbeCommand command, Duration timeout, Ticker ticker) {
        this.uri = uri;
        this.command = command;
        this.timeout = timeout;
        this.ticker = ticker;
    }

    static boolean isSlow(long nanos) {
        return nanos > SLOW_NANOS;
    }

    /** Whether a failure means that Redis did not answer, rather than that it refused. */
    static boolean isTimeout(Throwable e) {
        Throwable cause = e.getCause();
        return e instanceof SocketTimeoutException || (cause != null && isTimeout(cause));
    }

    /** The message of the root cause, for the log. */
    static String reason(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : reason(cause);
    }

    /**
     * Opens a client that has been seen to work.
     *
     * @throws RuntimeException if Redis is unavailable or slow
     */
    UnifiedJedis open() {
        UnifiedJedis client = RedisClientFactory.open(uri, timeout);
        try {
            // The first round connects to every shard: its duration says nothing.
            ask(client);
            long start = ticker.nanos();
            ask(client);
            if (isSlow((ticker.nanos() - start) / KEYS)) {
                throw new IllegalStateException(SLOW);
            }
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /**
     * Checks once with new connections, whether Redis answers at all.
     *
     * @throws RuntimeException if it does not
     */
    void check() {
        try (UnifiedJedis client = RedisClientFactory.open(uri, CHECK_TIMEOUT)) {
            ask(client);
        }
    }

    /**
     * Asks every shard once.
     *
     * @throws RuntimeException if one does not do its work
     */
    void ask(UnifiedJedis client) {
        for (int key = 0; key < KEYS; key++) {
            command.script().run(client, List.of("pintle:probe:" + key), command.arguments());
        }
    }
}
