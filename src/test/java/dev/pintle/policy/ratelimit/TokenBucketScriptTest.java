package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.TestRedis;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import redis.clients.jedis.RedisClient;

class TokenBucketScriptTest {
    private static final long ANY = Long.MAX_VALUE;
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    /** The script by the clock of the test; its keys outlive the test. */
    private static final String BY_OUR_CLOCK = TokenBucketScript.SCRIPT
            .text()
            .replace("redis.call('TIME')", "{ARGV[7], ARGV[8]}")
            .replace("math.min(1e13", "math.max(1e13");

    private static TestRedis server;
    private static RedisClient redis;

    /** Seconds and microseconds as Redis gives them. */
    private long micros = 1_795_000_000_000_000L;

    private final String bucket = "bucket" + BUCKETS.incrementAndGet();

    @BeforeContainer
    static void start() {
        server = TestRedis.start();
        redis = RedisClient.create("127.0.0.1", server.port());
    }

    @AfterContainer
    static void stop() {
        redis.close();
        server.close();
    }

    @Property(tries = 100)
    void decidesAsTheReferenceDoesWheneverRequestsArrive(
            @ForAll @IntRange(min = 1, max = 2_000_000) int permits,
            @ForAll @IntRange(min = 1, max = 86_400_000) int perMillis,
            @ForAll @IntRange(min = 1, max = 20_000) int burst,
            @ForAll("gaps") List<Long> gaps) {
        String fresh = "bucket" + BUCKETS.incrementAndGet();
        Rate rate = Rate.of(permits, Duration.ofMillis(perMillis), burst);
        Reference reference = new Reference(rate);
        for (long gap : gaps) {
            micros += gap;
            reference.pass(gap);
            LeaseResult grant = take(fresh, rate, 1, 0, ANY);
            assertThat(grant.granted()).isEqualTo(reference.take());
            assertThat(grant.left()).isEqualTo(reference.left());
        }
    }

    @Provide
    Arbitrary<List<Long>> gaps() {
        return Arbitraries.oneOf(
                        Arbitraries.just(0L),
                        Arbitraries.longs().between(1, 1_000),
                        Arbitraries.longs().between(1, 1_000_000),
                        Arbitraries.longs().between(1, 86_400_000_000L))
                .list()
                .ofMaxSize(60);
    }

    @Example
    void givesABatchButNeverMoreThanThereIs() {
        Rate rate = Rate.of(10, Duration.ofSeconds(1), 100);
        assertThat(take(rate, 60)).isEqualTo(new LeaseResult(60, 40, 100_000_000));
        assertThat(take(rate, 60)).isEqualTo(new LeaseResult(40, 0, 100_000_000));
        micros += 150_000;
        assertThat(take(rate, 60)).isEqualTo(new LeaseResult(1, 0, 50_000_000));
    }

    @Example
    void onlyLooksWhenNothingIsWanted() {
        Rate rate = Rate.of(10, Duration.ofSeconds(1), 100);
        assertThat(take(rate, 0)).isEqualTo(new LeaseResult(0, 100, 0));
        assertThat(redis.exists(bucket)).isFalse();
    }

    @Example
    void takesBackWhatWasNotSpentUpToTheBurst() {
        Rate rate = Rate.of(10, Duration.ofSeconds(1), 100);
        take(rate, 60);
        assertThat(take(bucket, rate, 0, 20, ANY).left()).isEqualTo(60);
        assertThat(take(bucket, rate, 0, 90, ANY).left()).isEqualTo(100);
    }

    @Example
    void believesTheNodeThatLessIsLeft() {
        Rate rate = Rate.of(10, Duration.ofSeconds(1), 100);
        assertThat(take(bucket, rate, 60, 0, 7)).isEqualTo(new LeaseResult(7, 0, 100_000_000));
    }

    @Example
    void aClockThatIsSetBackNeitherFillsTheBucketNorStopsIt() {
        Rate rate = Rate.of(10, Duration.ofSeconds(1), 100);
        take(rate, 100);
        micros -= Duration.ofHours(1).toMillis() * 1_000;
        assertThat(take(rate, 1).granted()).isZero();
        micros += 100_000;
        assertThat(take(rate, 1).granted()).isEqualTo(1);
    }

    @Example
    void anotherBurstFindsTheSamePartLeft() {
        Duration minute = Duration.ofMinutes(1);
        take(Rate.of(100, minute, 100), 70);
        assertThat(take(Rate.of(10, minute, 10), 0).left()).isEqualTo(3);
        assertThat(take(Rate.of(1000, minute, 1000), 0).left()).isEqualTo(300);
    }

    @Example
    void aBucketLivesInRedisUntilItIsFull() {
        Rate rate = Rate.of(1, Duration.ofSeconds(100), 10);
        run(rate, 3);
        assertThat(redis.pttl(bucket)).isBetween(200_000L, 300_000L);
    }

    @Example
    void theSlowestAndLargestLimitIsNotTooMuchForRedis() {
        Rate rate = Rate.of(1, Duration.ofDays(366), 1_000_000_000);
        assertThat(run(rate, 1_000_000_000).left()).isZero();
        assertThat(redis.pttl(bucket)).isPositive();
    }

    /** Takes by Redis' own clock. */
    private LeaseResult run(Rate rate, long want) {
        return TokenBucketScript.grant(redis.eval(
                TokenBucketScript.SCRIPT.text(), List.of(bucket), TokenBucketScript.arguments(rate, want, 0, ANY)));
    }

    private LeaseResult take(Rate rate, long want) {
        return take(bucket, rate, want, 0, ANY);
    }

    private LeaseResult take(String key, Rate rate, long want, long back, long most) {
        List<String> arguments = new ArrayList<>(TokenBucketScript.arguments(rate, want, back, most));
        arguments.add(Long.toString(micros / 1_000_000));
        arguments.add(Long.toString(micros % 1_000_000));
        return TokenBucketScript.grant(redis.eval(BY_OUR_CLOCK, List.of(key), arguments));
    }

    /** The bucket in numbers of any size: a token is a period, a microsecond brings permits. */
    private static final class Reference {
        private final BigInteger permits;
        private final BigInteger token;
        private final BigInteger full;
        private BigInteger level;

        Reference(Rate rate) {
            this.permits = BigInteger.valueOf(rate.permits());
            this.token = BigInteger.valueOf(rate.period() / 1_000);
            this.full = token.multiply(BigInteger.valueOf(rate.burst()));
            this.level = full;
        }

        void pass(long passed) {
            level = level.add(permits.multiply(BigInteger.valueOf(passed))).min(full);
        }

        long take() {
            if (level.compareTo(token) < 0) {
                return 0;
            }
            level = level.subtract(token);
            return 1;
        }

        long left() {
            return level.divide(token).longValueExact();
        }
    }
}
