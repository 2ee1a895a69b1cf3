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
        try (LimiterCluster fleet = fleet(RedisFailureMode.SPLIT)) {
            assertThat(fleet.allowed(LimiterCluster.CLIENT, 25)).isEqualTo(50);
            fault.begin(this);
            int meanwhile = untilAway(fleet);
            assertThat(50 + meanwhile + fleet.allowed(LimiterCluster.CLIENT, 100))
                    .isBetween(90, 103);
            fault.end(this);
            fleet.awaitMode(RateLimitMode.REDIS);
            assertThat(fleet.allowed(LimiterCluster.CLIENT, 100)).isLessThan(5);
        }
    }

    @Test
    void aLostScriptIsNoFault() {
        try (LimiterCluster fleet = fleet(RedisFailureMode.DENY)) {
            fleet.node(0).allowed(50);
            server.execute("SCRIPT FLUSH");
            assertThat(fleet.node(0).allowed(100)).isEqualTo(50);
        }
    }

    @Test
    void whereRequestsAreAllowedNoneIsRefusedButTheyCountAfterwards() {
        try (LimiterCluster fleet = fleet(RedisFailureMode.ALLOW)) {
            server.kill();
            untilAway(fleet);
            assertThat(fleet.node(0).allowed(500)).isEqualTo(500);
            server.restart();
            fleet.awaitMode(RateLimitMode.REDIS);
            await().until(() -> fleet.node(0).allowed(1) == 0);
        }
    }

    @Test
    void whereRequestsAreDeniedAllAreRefusedAndTheBucketStaysAsItWas() {
        try (LimiterCluster fleet = fleet(RedisFailureMode.DENY)) {
            fleet.node(0).allowed(30);
            line.refuse();
            untilAway(fleet);
            assertThat(fleet.node(0).allowed(500)).isZero();
            line.heal();
            fleet.awaitMode(RateLimitMode.REDIS);
            await().until(() -> fleet.node(0).allowed(1) == 1);
            assertThat(fleet.node(0).allowed(100)).isBetween(60, 70);
        }
    }

    @Test
    void aClientThatIsNewWhileRedisIsAwayGetsAShareOfTheBurst() {
        try (LimiterCluster fleet = fleet(RedisFailureMode.SPLIT)) {
            line.refuse();
            untilAway(fleet);
            assertThat(fleet.node(0).allowed("198.51.100.9", 100)).isEqualTo(50);
        }
    }

    @Test
    void aRedisThatStartsLaterIsFound() {
        line.refuse();
        try (LimiterCluster fleet = LimiterCluster.starting(1, url("right"), settings(RedisFailureMode.SPLIT))) {
            assertThat(fleet.node(0).allowed(10)).isEqualTo(10);
            line.heal();
            fleet.awaitMode(RateLimitMode.REDIS);
            assertThat(fleet.node(0).allowed(100)).isBetween(90, 91);
        }
    }

    @Test
    void aWrongPasswordIsRedisAway() {
        try (LimiterCluster fleet = LimiterCluster.starting(1, url("wrong"), settings(RedisFailureMode.SPLIT))) {
            assertThat(fleet.node(0).allowed(10)).isEqualTo(10);
            assertThat(fleet.node(0).limits().mode()).isEqualTo(RateLimitMode.SPLIT);
            server.execute("ACL SETUSER gate resetpass >wrong");
            fleet.awaitMode(RateLimitMode.REDIS);
        }
    }

    /** How many requests passed until all nodes knew. */
    private static int untilAway(LimiterCluster fleet) {
        int[] allowed = new int[1];
        await().until(() -> {
            allowed[0] += fleet.allowed(LimiterCluster.CLIENT, 1);
            return fleet.isInMode(RateLimitMode.SPLIT);
        });
        return allowed[0];
    }

    private LimiterCluster fleet(RedisFailureMode whenAway) {
        return LimiterCluster.start(2, url("right"), settings(whenAway));
    }

    private RedisUri url(String password) {
        return RedisUri.parse("REDIS_URL", "redis://gate:" + password + "@127.0.0.1:" + line.port());
    }

    private static RateLimitSettings settings(RedisFailureMode whenAway) {
        return new RateLimitSettings(100, Duration.ofHours(1), 100, LimitKey.parse("client"), whenAway);
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
