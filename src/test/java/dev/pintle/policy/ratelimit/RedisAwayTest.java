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

/** Whatever Redis does, each request is decided at once: by the node's share, or as the route says. */
class RedisAwayTest {
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
    void twoNodesHoldTheLimitThroughAFaultOfRedis(Fault fault) {
        try (LimiterCluster cluster = cluster(RedisFailureMode.SPLIT)) {
            assertThat(cluster.allowed(LimiterCluster.CLIENT, 25)).isEqualTo(50);
            fault.begin(this);
            int meanwhile = untilAway(cluster);
            assertThat(50 + meanwhile + cluster.allowed(LimiterCluster.CLIENT, 100))
                    .isBetween(90, 103);
            fault.end(this);
            cluster.awaitMode(RateLimitMode.REDIS);
            assertThat(cluster.allowed(LimiterCluster.CLIENT, 100)).isLessThan(5);
        }
    }

    @Test
    void aLostScriptIsNoFault() {
        try (LimiterCluster cluster = cluster(RedisFailureMode.DENY)) {
            cluster.node(0).allowed(50);
            server.execute("SCRIPT FLUSH");
            assertThat(cluster.node(0).allowed(100)).isEqualTo(50);
        }
    }

    @Test
    void whereRequestsAreAllowedNoneIsRefusedButTheyCountAfterwards() {
        try (LimiterCluster cluster = cluster(RedisFailureMode.ALLOW)) {
            server.kill();
            untilAway(cluster);
            assertThat(cluster.node(0).allowed(500)).isEqualTo(500);
            server.restart();
            cluster.awaitMode(RateLimitMode.REDIS);
            await().until(() -> cluster.node(0).allowed(1) == 0);
        }
    }

    @Test
    void whereRequestsAreDeniedAllAreRefusedAndTheBucketStaysAsItWas() {
        try (LimiterCluster cluster = cluster(RedisFailureMode.DENY)) {
            cluster.node(0).allowed(30);
            line.refuse();
            untilAway(cluster);
            assertThat(cluster.node(0).allowed(500)).isZero();
            line.heal();
            cluster.awaitMode(RateLimitMode.REDIS);
            await().until(() -> cluster.node(0).allowed(1) == 1);
            assertThat(cluster.node(0).allowed(100)).isBetween(60, 70);
        }
    }

    @Test
    void aClientThatIsNewWhileRedisIsAwayGetsAShareOfTheBurst() {
        try (LimiterCluster cluster = cluster(RedisFailureMode.SPLIT)) {
            line.refuse();
            untilAway(cluster);
            assertThat(cluster.node(0).allowed("198.51.100.9", 100)).isEqualTo(50);
        }
    }

    @Test
    void aRedisThatStartsLaterIsFound() {
        line.refuse();
        try (LimiterCluster cluster = LimiterCluster.starting(1, url("right"), settings(RedisFailureMode.SPLIT))) {
            assertThat(cluster.node(0).allowed(10)).isEqualTo(10);
            line.heal();
            cluster.awaitMode(RateLimitMode.REDIS);
            assertThat(cluster.node(0).allowed(100)).isBetween(90, 91);
        }
    }

    @Test
    void aWrongPasswordIsRedisAway() {
        try (LimiterCluster cluster = LimiterCluster.starting(1, url("wrong"), settings(RedisFailureMode.SPLIT))) {
            assertThat(cluster.node(0).allowed(10)).isEqualTo(10);
            assertThat(cluster.node(0).limits().mode()).isEqualTo(RateLimitMode.SPLIT);
            server.execute("ACL SETUSER gate resetpass >wrong");
            cluster.awaitMode(RateLimitMode.REDIS);
        }
    }

    /** How many requests passed until all nodes knew. */
    private static int untilAway(LimiterCluster cluster) {
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

    /** What can befall Redis, and how it passes. */
    enum Fault {
        REFUSED {
            @Override
            void begin(RedisAwayTest test) {
                test.line.refuse();
            }
        },
        STALLED {
            @Override
            void begin(RedisAwayTest test) {
                test.line.stall();
            }
        },
        SLOW {
            @Override
            void begin(RedisAwayTest test) {
                test.line.slow(Duration.ofMillis(100));
            }
        },
        A_LITTLE_SLOW {
            @Override
            void begin(RedisAwayTest test) {
                test.line.slow(Duration.ofMillis(15));
            }
        },
        FROZEN {
            @Override
            void begin(RedisAwayTest test) {
                test.server.freeze();
            }

            @Override
            void end(RedisAwayTest test) {
                test.server.thaw();
            }
        },
        KILLED_AND_STARTED_EMPTY {
            @Override
            void begin(RedisAwayTest test) {
                test.server.kill();
            }

            @Override
            void end(RedisAwayTest test) {
                test.server.restart();
            }
        },
        OUT_OF_MEMORY {
            @Override
            void begin(RedisAwayTest test) {
                test.server.execute("CONFIG SET maxmemory 1");
            }

            @Override
            void end(RedisAwayTest test) {
                test.server.execute("CONFIG SET maxmemory 0");
            }
        },
        A_REPLICA {
            @Override
            void begin(RedisAwayTest test) {
                test.server.execute("REPLICAOF 127.0.0.1 1");
            }

            @Override
            void end(RedisAwayTest test) {
                test.server.execute("REPLICAOF NO ONE");
            }
        },
        ANOTHER_PASSWORD {
            @Override
            void begin(RedisAwayTest test) {
                test.server.execute("ACL SETUSER gate resetpass >other");
                test.line.cut();
            }

            @Override
            void end(RedisAwayTest test) {
                test.server.execute("ACL SETUSER gate resetpass >right");
            }
        };

        abstract void begin(RedisAwayTest test);

        void end(RedisAwayTest test) {
            test.line.heal();
        }
    }
}
