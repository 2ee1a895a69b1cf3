package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.redis.RedisUri;
import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis responds late at times, or not to all nodes. */
class SlowRedisTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private TestRedis server;
    private FlakyTcpProxy line;

    @BeforeEach
    void start() {
        server = TestRedis.start();
        line = new FlakyTcpProxy(server.port());
    }

    @AfterEach
    void stop() {
        line.close();
        server.close();
    }

    @Test
    void aLimitStaysExactWhenRedisRespondsLateAtTimes() {
        try (LimiterCluster cluster = LimiterCluster.start(3, uri(line.port()), SampleLimits.perClient(50, HOUR, 50))) {
            int allowed = 0;
            for (int round = 0; round < 40; round++) {
                boolean late = round % 5 == 0;
                if (late) {
                    // The round trip takes 60 to 120 ms.
                    line.slow(Duration.ofMillis(30 + round % 4 * 10));
                }
                allowed += cluster.node(round % 3).allowed(1);
                line.heal();
                allowed += cluster.allowed(LimiterCluster.CLIENT, 1);
            }
            assertThat(allowed).isEqualTo(50);
        }
    }

    @Test
    void aLimitStaysExactWhenManyRequestsWaitForRedis() {
        try (LimiterCluster cluster = LimiterCluster.start(3, uri(line.port()), SampleLimits.perClient(50, HOUR, 50))) {
            AtomicInteger allowed = new AtomicInteger();
            AtomicInteger sent = new AtomicInteger();
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int client = 0; client < 6; client++) {
                    LimiterCluster.Node node = cluster.node(client % 3);
                    var _ = clients.submit(() -> {
                        for (int i = 0; i < 20; i++) {
                            if (sent.incrementAndGet() % 12 == 0) {
                                line.slow(Duration.ofMillis(40));
                            }
                            allowed.addAndGet(node.allowed(1));
                            line.heal();
                        }
                    });
                }
            }
            assertThat(allowed).hasValue(50);
        }
    }

    @Test
    void tokensThatANodeSpentWithoutRedisAreSubtractedAfterwards() {
        List<RedisUri> uris = List.of(uri(line.port()), uri(server.port()));
        try (LimiterCluster cluster = LimiterCluster.start(uris, SampleLimits.perClient(100, HOUR, 100))) {
            LimiterCluster.Node cutOff = cluster.node(0);
            assertThat(cutOff.allowed(1)).isEqualTo(1);
            line.refuse();
            cluster.awaitMode(0, RateLimitMode.SPLIT);
            assertThat(cutOff.allowed(100)).isEqualTo(49);
            assertThat(cluster.node(1).allowed(200)).isEqualTo(99);
            line.heal();
            cluster.awaitMode(RateLimitMode.REDIS);
            await().until(() -> cutOff.allowed(1) == 0 && left() < 0);
            assertThat(left()).isBetween(-50, -45);
        }
    }

    private int left() {
        return Integer.parseInt(
                server.ask(redis -> redis.hget("pintle:limit:{users}:default:" + LimiterCluster.CLIENT, "left")));
    }

    private static RedisUri uri(int port) {
        return RedisUri.parse("REDIS_URL", "redis://127.0.0.1:" + port);
    }
}
