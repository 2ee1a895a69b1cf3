package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.redis.Redis;
import dev.pintle.redis.RedisUri;
import dev.pintle.telemetry.Metrics;
import dev.pintle.testing.TestRedis;
import dev.pintle.time.Ticker;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request with buckets in several scopes, which need several calls to Redis. */
class BucketTransactionTest {
    private final TestRedis server = TestRedis.start();
    private final Redis redis = new Redis(
            RedisUri.parse("REDIS_URL", server.url()),
            RateLimiterRegistry.probe(),
            Ticker.SYSTEM,
            new RedisMetrics(new Metrics(new PrometheusRegistry())));
    private final LockOrder order = new LockOrder();
    private final RouteRateLimiter first = limiter("first", 10);
    private final RouteRateLimiter second = limiter("second", 3);

    @BeforeEach
    void connect() {
        await().until(redis::isAvailable);
    }

    @AfterEach
    void stop() {
        redis.close();
        server.close();
    }

    @Test
    void allScopesMustAdmit() {
        assertThat(allowed(20)).isEqualTo(3);
        assertThat(left(first)).isEqualTo(7);
        assertThat(left(second)).isZero();
    }

    @Test
    void tokensOfAnEarlierCallReturnWhenALaterOneRefuses() {
        second.take("key");
        second.take("key");
        second.take("key");
        RouteRateLimiter another = limiter("second", 3);
        assertThat(new BucketTransaction(List.of(new Draw(0, first, "key"), new Draw(1, another, "key")), Ticker.SYSTEM)
                        .run()
                        .decision()
                        .allowed())
                .isFalse();
        assertThat(server.<Boolean>ask(client -> client.exists("pintle:limit:{first}:first:key")))
                .isFalse();
    }

    private int allowed(int requests) {
        int allowed = 0;
        for (int i = 0; i < requests; i++) {
            List<Draw> draws = List.of(new Draw(0, first, "key"), new Draw(1, second, "key"));
            allowed +=
                    new BucketTransaction(draws, Ticker.SYSTEM).run().decision().allowed() ? 1 : 0;
        }
        return allowed;
    }

    private static long left(RouteRateLimiter limiter) {
        return limiter.level("key").level().left();
    }

    private RouteRateLimiter limiter(String scope, int requests) {
        BucketFactory factory =
                new BucketFactory.Distributed(order, new RedisBackend(redis, () -> 1, Ticker.SYSTEM), scope, scope);
        return new RouteRateLimiter(
                scope,
                SampleLimits.limit(scope, "client", requests, Duration.ofHours(1)),
                new BucketCache(new BucketCapacity(1_000), factory),
                Ticker.SYSTEM);
    }
}
