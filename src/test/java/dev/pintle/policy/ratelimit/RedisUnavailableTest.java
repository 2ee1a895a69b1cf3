package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.redis.RedisUri;
import dev.pintle.testing.FlakyTcpProxy;
import dev.pintle.testing.TestRedis;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With any fault of Redis, the node decides about each request without delay: by its share, or as configured. */
class RedisUnavailableTest {
    private TestRedis server;
    private FlakyTcpProxy line;

    @BeforeEach
    void start() {
        server = TestRedis.start("user gate on >right ~* +@all");
        line = new FlakyTcpProxy(server.port());
    }

    @AfterEach
    void stop() {
        line.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void twoNodesHoldTheLimitDuringAFaultOfRedis(Fault fault) {
        try (LimiterCluster cluster = cluster(RedisFailureMode.SPLIT)) {
            assertThat(cluster.allowed(LimiterCluster.CLIENT, 25)).isEqualTo(50);
            fault.begin(this);
            int admitted = admittedUntilUnavailable(cluster);
            assertThat(50 + admitted + cluster.allowed(LimiterCluster.CLIENT, 100))
                    .isBetween(90, 103);
            fault.end(this);
            cluster.awaitMode(RateLimitMode.REDIS);
            assertThat(cluster.allowed(LimiterCluster.CLIENT, 100)).isLessThan(5);
        }
    }

    @Test
    void aLostScriptIsReloaded() {
        try (LimiterCluster cluster = cluster(RedisFailureMode.DENY)) {
            cluster.node(0).allowed(50);
            server.execute("SCRIPT FLUSH");
            assertThat(cluster.node(0).allowed(100)).isEqualTo(50);
        }
    }

    @Test
    void withAllowNoRequestIsRejectedAndAllCountAfterwards() {
        try (LimiterCluster cluster = cluster(RedisFailureMode.ALLOW)) {
            server.kill();
            admittedUntilUnavailable(cluster);
            assertThat(cluster.node(0).allowed(500)).isEqualTo(500);
            server.restart();
            cluster.awaitMode(RateLimitMode.REDIS);
            await().until(() -> cluster.node(0).allowed(1) == 0);
        }
    }

    @Test
    void withDenyAllRequestsAreRejectedAndTheBucketKeepsItsLevel() {
        try (LimiterCluster cluster = cluster(RedisFailureMode.DENY)) {
            cluster.node(0).allowed(30);
            line.refuse();
            admittedUntilUnavailable(cluster);
            assertThat(cluster.node(0).allowed(500)).isZero();
            line.heal();
            cluster.awaitMode(RateLimitMode.REDIS);
            await().until(() -> cluster.node(0).allowed(1) == 1);
            assertThat(cluster.node(0).allowed(100)).isBetween(60, 70);
        }
    }

    @Test
    void aNewClientGetsAShareOfTheBurstWhileRedisIsUnavailable() {
        try (LimiterCluster cluster = cluster(RedisFailureMode.SPLIT)) {
            line.refuse();
            admittedUntilUnavailable(cluster);
            assertThat(cluster.node(0).allowed("198.51.100.9", 100)).isEqualTo(50);
        }
    }

    @Test
    void aRedisThatStartsLaterIsUsed() {
        line.refuse();
        try (LimiterCluster cluster = LimiterCluster.starting(1, url("right"), settings(RedisFailureMode.SPLIT))) {
            assertThat(cluster.node(0).allowed(10)).isEqualTo(10);
            line.heal();
            cluster.awaitMode(RateLimitMode.REDIS);
            assertThat(cluster.node(0).allowed(100)).isBetween(90, 91);
        }
    }

    @Test
    void aWrongPasswordCountsAsUnavailable() {
        try (LimiterCluster cluster = LimiterCluster.starting(1, url("wrong"), settings(RedisFailureMode.SPLIT))) {
            assertThat(cluster.node(0).allowed(10)).isEqualTo(10);
            assertThat(cluster.node(0).limits().mode()).isEqualTo(RateLimitMode.SPLIT);
            server.execute("ACL SETUSER gate resetpass >wrong");
            cluster.awaitMode(RateLimitMode.REDIS);
        }
    }

    /** Returns how many requests were admitted until all nodes knew that Redis is unavailable. */
    private static int admittedUntilUnavailable(LimiterCluster cluster) {
        int[] allowed = new int[1];
        await().until(() -> {
            allowed[0] += cluster.allowed(LimiterCluster.CLIENT, 1);
            return cluster.isInMode(RateLimitMode.SPLIT);
        });
        return allowed[0];
    }

    private LimiterCluster cluster(RedisFailureMode onFailure) {
        return LimiterCluster.start(2, url("right"), settings(onFailure));
    }

    private RedisUri url(String password) {
        return RedisUri.parse("REDIS_URL", "redis://gate:" + password + "@127.0.0.1:" + line.port());
    }

    private static RateLimitSettings settings(RedisFailureMode onFailure) {
        return new RateLimitSettings("default", 100, Duration.ofHours(1), 100, LimitKey.parse("client"), onFailure);
    }

    /** The faults of Redis, and how they end. */
    enum Fault {
        REFUSED {
            @Override
            void begin(RedisUnavailableTest test) {
                test.line.refuse();
            }
        },
        STALLED {
            @Override
            void begin(RedisUnavailableTest test) {
                test.line.stall();
            }
        },
        SLOW {
            @Override
            void begin(RedisUnavailableTest test) {
                test.line.slow(Duration.ofMillis(100));
            }
        },
        A_LITTLE_SLOW {
            @Override
            void begin(RedisUnavailableTest test) {
                test.line.slow(Duration.ofMillis(15));
            }
        },
        FROZEN {
            @Override
            void begin(RedisUnavailableTest test) {
                test.server.freeze();
            }

            @Override
            void end(RedisUnavailableTest test) {
                test.server.thaw();
            }
        },
        KILLED_AND_STARTED_EMPTY {
            @Override
            void begin(RedisUnavailableTest test) {
                test.server.kill();
            }

            @Override
            void end(RedisUnavailableTest test) {
                test.server.restart();
            }
        },
        OUT_OF_MEMORY {
            @Override
            void begin(RedisUnavailableTest test) {
                test.server.execute("CONFIG SET maxmemory 1");
            }

            @Override
            void end(RedisUnavailableTest test) {
                test.server.execute("CONFIG SET maxmemory 0");
            }
        },
        A_REPLICA {
            @Override
            void begin(RedisUnavailableTest test) {
                test.server.execute("REPLICAOF 127.0.0.1 1");
            }

            @Override
            void end(RedisUnavailableTest test) {
                test.server.execute("REPLICAOF NO ONE");
            }
        },
        ANOTHER_PASSWORD {
            @Override
            void begin(RedisUnavailableTest test) {
                test.server.execute("ACL SETUSER gate resetpass >other");
                test.line.cut();
            }

            @Override
            void end(RedisUnavailableTest test) {
                test.server.execute("ACL SETUSER gate resetpass >right");
            }
        };

        abstract void begin(RedisUnavailableTest test);

        void end(RedisUnavailableTest test) {
            test.line.heal();
        }
    }
}
