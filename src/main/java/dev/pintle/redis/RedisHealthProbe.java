package dev.pintle.redis;

import dev.pintle.time.Ticker;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;

/** Checks whether Redis runs scripts. A ping is not enough: a server that answers it may still reject writes. */
final class RedisHealthProbe {
    static final String SLOW = "answers take more than 25 ms";

    /** The timeout of each step of a check. */
    private static final Duration CHECK_TIMEOUT = Duration.ofMillis(150);

    /** Enough keys to reach every shard of a usual cluster. */
    private static final int KEYS = 16;

    private static final long SLOW_NANOS = Duration.ofMillis(25).toNanos();

    private final RedisUri uri;
    private final RedisProbeCommand command;
    private final Duration timeout;
    private final Ticker ticker;

    /** @param timeout the timeout of each step of the opened clients */
    RedisHealthProbe(RedisUri uri, RedisProbeCommand command, Duration timeout, Ticker ticker) {
        this.uri = uri;
        this.command = command;
        this.timeout = timeout;
        this.ticker = ticker;
    }

    static boolean isSlow(long nanos) {
        return nanos > SLOW_NANOS;
    }

    /** Whether a failure is a timeout rather than an error that Redis returned. */
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
     * Opens a client and tests it.
     *
     * @throws RuntimeException if Redis is unavailable or slow
     */
    UnifiedJedis open() {
        UnifiedJedis client = RedisClientFactory.open(uri, timeout);
        try {
            // The first round connects to every shard, so its duration is not representative.
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
     * Checks Redis once with new connections.
     *
     * @throws RuntimeException if Redis is unavailable
     */
    void check() {
        try (UnifiedJedis client = RedisClientFactory.open(uri, CHECK_TIMEOUT)) {
            ask(client);
        }
    }

    /**
     * Runs the probe on every shard.
     *
     * @throws RuntimeException if one of them fails
     */
    void ask(UnifiedJedis client) {
        for (int key = 0; key < KEYS; key++) {
            command.script().run(client, List.of("pintle:probe:" + key), command.arguments());
        }
    }
}
