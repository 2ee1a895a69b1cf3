package dev.pintle.policy.ratelimit;

import dev.pintle.telemetry.Metrics;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * The Redis in which nodes count together, or its absence. A call takes 50 ms at most, and while Redis is away there are
 * none. Safe for all threads.
 */
public final class Redis implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final RedisUri url;
    private final Ticker ticker;
    private final Metrics metrics;
    private final RedisConnectionManager link;

    /** Away until it has shown that it is there; nobody waits for that. */
    public Redis(RedisUri url, Ticker ticker, Metrics metrics) {
        this.url = url;
        this.ticker = ticker;
        this.metrics = metrics;
        this.link = new RedisConnectionManager(url, new RedisHealthProbe(url, PATIENCE, ticker), metrics);
    }

    /** Whether nothing can be asked of it. */
    public boolean isAway() {
        return link.client() == null;
    }

    /**
     * Takes tokens from a bucket.
     *
     * @param want takes at most so many; none only looks
     * @param back gives so many back first
     * @param most no more than these can be left, as far as this node knows
     * @return null when Redis is away or did not do it
     */
    @Nullable
    LeaseResult take(String bucket, Rate rate, long want, long back, long most) {
        return call(redis -> TokenBucketScript.run(redis, bucket, rate, want, back, most));
    }

    /** Forgets a bucket, so that it is full. */
    void forget(String bucket) {
        call(redis -> redis.del(bucket));
    }

    /** Neither time-outs of sockets nor the waits for a connection add up to more than our patience: another thread has them. */
    private <T> @Nullable T call(Function<UnifiedJedis, T> command) {
        UnifiedJedis client = link.client();
        if (client == null) {
            return null;
        }
        long start = ticker.nanos();
        FutureTask<T> call = new FutureTask<>(() -> command.apply(client));
        Thread.ofVirtual().name("redis-call").start(call);
        try {
            T answer = call.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            long took = ticker.nanos() - start;
            metrics.limiterCall(took);
            link.answered(client, took);
            return answer;
        } catch (TimeoutException e) {
            call.cancel(true);
            link.failed(client, "it did not answer in " + PATIENCE.toMillis() + " ms");
        } catch (ExecutionException e) {
            link.failed(client, RedisHealthProbe.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    @Override
    public void close() {
        link.close();
    }

    /** Where it is, without user and password. */
    @Override
    public String toString() {
        return url.toString();
    }
}
