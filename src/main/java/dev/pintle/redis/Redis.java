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
 * Runs scripts in a standalone Redis, a Redis Cluster or a master behind sentinels. A call without an answer after 50
 * ms starts a health check. The call waits until Redis answers or counts as unavailable, at most 250 ms. While Redis is
 * unavailable, calls return immediately. Safe for all threads.
 */
public final class Redis implements AutoCloseable {
    private static final long SUSPECT_AFTER = Duration.ofMillis(50).toNanos();
    private static final Duration TIMEOUT = Duration.ofMillis(250);

    /** The interval at which a waiting call checks whether Redis has become unavailable. */
    private static final long AVAILABILITY_CHECK_INTERVAL =
            Duration.ofMillis(10).toNanos();

    private final RedisUri uri;
    private final Ticker ticker;
    private final RedisObserver observer;
    private final RedisConnectionManager connections;

    /**
     * Starts to connect. Redis counts as unavailable until a probe has succeeded; the constructor does not wait for it.
     *
     * @param probe the script call that Redis must be able to run
     */
    public Redis(RedisUri uri, RedisProbeCommand probe, Ticker ticker, RedisObserver observer) {
        this.uri = uri;
        this.ticker = ticker;
        this.observer = observer;
        this.connections =
                new RedisConnectionManager(uri, new RedisHealthProbe(uri, probe, TIMEOUT, ticker), ticker, observer);
    }

    /** Whether calls can succeed. */
    public boolean isAvailable() {
        return connections.client() != null;
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

    /** Runs the call on another thread, because the timeouts of pool and socket add up to more than 250 ms. */
    private <T> @Nullable T call(Function<UnifiedJedis, T> command) {
        UnifiedJedis client = connections.client();
        if (client == null) {
            return null;
        }
        long start = ticker.nanos();
        FutureTask<T> call = new FutureTask<>(() -> command.apply(client));
        Thread.ofVirtual().name("redis-call").start(call);
        try {
            T answer = await(call, client, start);
            long duration = ticker.nanos() - start;
            observer.answered(duration);
            connections.answered(client, start, duration);
            return answer;
        } catch (TimeoutException e) {
            call.cancel(true);
            connections.failed(client, start, "no answer within " + TIMEOUT.toMillis() + " ms");
        } catch (ExecutionException e) {
            connections.failed(client, start, RedisHealthProbe.reason(e));
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private <T> T await(FutureTask<T> call, UnifiedJedis client, long start)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return call.get(SUSPECT_AFTER, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            connections.suspect(client, call::isDone);
        }
        while (true) {
            try {
                return call.get(AVAILABILITY_CHECK_INTERVAL, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (!client.equals(connections.client()) || ticker.nanos() - start >= TIMEOUT.toNanos()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        connections.close();
    }

    /** The address, without user name and password. */
    @Override
    public String toString() {
        return uri.toString();
    }
}
