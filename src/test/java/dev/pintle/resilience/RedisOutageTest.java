package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestPostgres;
import dev.pintle.testing.TestRedis;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** During an outage of Redis, no request fails, limits apply, and everything recovers afterwards. */
class RedisOutageTest {
    private static final String TEN_A_DAY = ", \"rateLimits\": [{\"requests\": 10, \"per\": \"1d\"}]";
    private static final String LARGE =
            ", \"rateLimits\": [{\"requests\": 1000000, \"per\": \"1m\", \"key\": \"route\"}]";

    private static TestRedis redis;
    private static RawUpstream upstream;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        redis = TestRedis.start();
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        gateway = TestGateway.start(
                TestPostgres.migratedDatabase(), TestGateway.newFolder(), "rateLimits.redisUrl=" + redis.url());
        awaitRedis("up");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
        redis.close();
    }

    @Test
    void aRedisThatHangsFailsNoRequest() {
        gateway.route("hangs", "/hangs", upstream.url(), LARGE);
        Set<Integer> answers = statusesUnderLoad("/hangs", () -> {
            redis.freeze();
            awaitRedis("down");
            redis.thaw();
            awaitRedis("up");
        });
        assertThat(answers).containsExactly(200);
    }

    @Test
    void aRedisThatIsKilledFailsNoRequest() {
        gateway.route("killed", "/killed", upstream.url(), LARGE);
        Set<Integer> answers = statusesUnderLoad("/killed", () -> {
            redis.kill();
            awaitRedis("down");
            assertThat(gateway.get("/__health").body()).contains("degraded");
            assertThat(gateway.get("/__limits").body()).contains("\"mode\":\"split\"");
            redis.restart();
            awaitRedis("up");
        });
        assertThat(answers).containsExactly(200);
    }

    @Test
    void spentTokensStaySpent() {
        gateway.route("spent", "/spent", upstream.url(), TEN_A_DAY);
        for (int i = 0; i < 10; i++) {
            assertThat(gateway.get("/spent").statusCode()).isEqualTo(200);
        }
        assertThat(gateway.get("/spent").statusCode()).isEqualTo(429);
        redis.kill();
        awaitRedis("down");
        assertThat(gateway.get("/spent").statusCode()).isEqualTo(429);
        redis.restart();
        awaitRedis("up");
        assertThat(gateway.get("/spent").statusCode()).isEqualTo(429);
    }

    /** Returns the statuses that clients received during an event, and for some requests after it. */
    private static Set<Integer> statusesUnderLoad(String path, Runnable happening) {
        Set<Integer> statuses = new ConcurrentSkipListSet<>();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger requests = new AtomicInteger();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                var _ = clients.submit(() -> {
                    while (!over.get()) {
                        statuses.add(gateway.get(path).statusCode());
                        requests.incrementAndGet();
                    }
                });
            }
            await().until(() -> requests.get() > 100);
            happening.run();
            int before = requests.get();
            await().until(() -> requests.get() > before + 100);
            over.set(true);
        }
        return statuses;
    }

    private static void awaitRedis(String state) {
        await().until(() -> health().contains("\"redis\":\"" + state + '"'));
    }

    private static String health() {
        return gateway.admin("GET", "/__health", "").body();
    }
}
