package dev.pintle.redis;

import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * Runs scripts in Redis, however it is deployed. A call takes 50 ms at most. While Redis is unavailable, calls return at once.
 * Safe for all threads.
 */
public final class Redis implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMillis(50);

    private final RedisUri url;
    private final Ticker ticker;
    private final RedisObserver observer;
    private final RedisConnectionManager link;

    /**
     * Starts to connect. Redis counts as unavailable until the probe has succeeded; the constructor does not wait for it.
     *
     * @param probe what Redis must be able to run
     */
    public Redis(RedisUri url, RedisProbeCommand probe, Ticker ticker, RedisObserver observer) {
        this.url = url;
        this.ticker = ticker;
        this.observer = observer;
        this.link = new RedisConnectionManager(url, new RedisHealthProbe(url, probe, TIMEOUT, ticker), observer);
    }

    /** Whether calls can succeed. */
    public boolean isAvailable() {
        return link.client() != null;
    }

    /**
     * Runs a script.
     *
     * @param keys keys in one hash slot
     * @return the script's answer; null if Redis is unavailable, or the call failed
     */
    public @Nullable Object run(RedisScript script, List<String> keys, List<String> arguments) {
        return call(redis -> script.run(redis, keys, arguments));
    }

    /** Deletes a key. Does nothing if Redis is unavailable. */
    public void delete(String key) {
        call(redis -> redis.del(key));
    }

    /** Runs the call on another thread: the time-outs of pool and socket add up to more than one call may take. */
    private <T> @Nullable T call(Function<UnifiedJedis, T> command) {
        UnifiedJedis client = link.client();
        if (client == null) {
            return null;
        }
        long start = ticker.nanos();
        FutureTask<T> call = new FutureTask<>(() -> command.apply(client));
        Thread.ofVirtual().name("redis-call").start(call);
        try {
            T answer = call.get(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
            long took = ticker.nanos() - start;
            observer.answered(took);
            link.answered(client, took);
            return answer;
        } catch (TimeoutException e) {
            call.cancel(true);
            link.failed(client, "no answer within " + TIMEOUT.toMillis() + " ms");
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

    /** The address, without user name and password. */
    @Override
    public String toString() {
        return url.toString();
    }
}
