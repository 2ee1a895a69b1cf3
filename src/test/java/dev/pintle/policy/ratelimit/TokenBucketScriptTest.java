package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
    private static final Rate TEN_A_SECOND = Rate.of(10, Duration.ofSeconds(1), 100);
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    /** The script with a clock of the test. Its keys survive the test. */
    private static final String BY_OUR_CLOCK = TokenBucketScript.SCRIPT
            .text()
            .replace("redis.call('TIME')", "{ARGV[#ARGV - 1], ARGV[#ARGV]}")
            .replace("math.min(1e13", "math.max(1e13");

    private static TestRedis server;
    private static RedisClient redis;

    /** The time of the clock of the test. */
    private long micros = 1_795_000_000_000_000L;

    private final BucketAddress bucket = fresh();

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
    void decidesLikeTheReferenceWheneverRequestsArrive(
            @ForAll @IntRange(min = 1, max = 2_000_000) int permits,
            @ForAll @IntRange(min = 1, max = 86_400_000) int perMillis,
            @ForAll @IntRange(min = 1, max = 20_000) int burst,
            @ForAll("gaps") List<Long> gaps) {
        BucketAddress fresh = fresh();
        Rate rate = Rate.of(permits, Duration.ofMillis(perMillis), burst);
        Reference reference = new Reference(rate);
        for (long gap : gaps) {
            micros += gap;
            reference.pass(gap);
            LeaseResult result = call(take(fresh, rate, 1));
            assertThat(result.granted()).isEqualTo(reference.take());
            assertThat(result.left()).isEqualTo(reference.left());
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
    void grantsABatchUpToTheLevel() {
        assertTaken(take(60), 60, 40, 100_000_000);
        assertTaken(take(60), 40, 0, 100_000_000);
        micros += 150_000;
        assertTaken(take(60), 1, 0, 50_000_000);
    }

    @Example
    void readsWithoutTakingTokens() {
        assertThat(call(take(0))).isEqualTo(new LeaseResult(0, 100, 0, micros));
        assertThat(redis.exists(bucket.toString())).isFalse();
    }

    @Example
    void acceptsUnspentTokensUpToTheBurst() {
        long lastTime = call(take(60)).time();
        assertThat(call(giveBack(20, lastTime)).left()).isEqualTo(60);
        assertThat(call(giveBack(90, lastTime)).left()).isEqualTo(100);
    }

    @Example
    void subtractsTokensThatWereSpentWhileRedisWasUnavailable() {
        long lastTime = call(take(60)).time();
        assertThat(call(settle(15, lastTime)).left()).isEqualTo(25);
    }

    @Example
    void anOverdrawnBucketRefusesUntilItHasRefilled() {
        long lastTime = call(take(90)).time();
        assertTaken(settle(15, lastTime), 0, -5, 600_000_000);
        micros += 599_999;
        assertThat(call(take(1)).granted()).isZero();
        micros += 1;
        assertThat(call(take(1)).granted()).isEqualTo(1);
    }

    @Example
    void aBucketIsNeverOverdrawnByMoreThanItsBurst() {
        long lastTime = call(take(100)).time();
        assertThat(call(settle(5_000, lastTime)).left()).isEqualTo(-100);
    }

    @Example
    void acceptsALowerLevelFromANode() {
        long lastTime = call(take(10)).time();
        LeaseRequest request = new LeaseRequest(bucket, TEN_A_SECOND, 60, 0, 0, 7, ANY, lastTime);
        assertTaken(request, 7, 0, 100_000_000);
    }

    @Example
    void aLostBucketStartsAtTheLevelThatTheNodesKnow() {
        long lastTime = call(take(10)).time();
        redis.del(bucket.toString());
        micros += 1;
        assertThat(call(local(20, 70, 30, lastTime)).left()).isEqualTo(30);
    }

    @Example
    void theFirstNodeThatSettlesPrepaysForTheOthers() {
        long lastTime = call(take(10)).time();
        micros += 1;
        assertThat(call(local(20, 70, 30, lastTime)).left()).isEqualTo(30);
        micros += 1;
        assertThat(call(local(20, 70, 30, lastTime)).left()).isEqualTo(30);
        micros += 1;
        assertThat(call(local(25, 70, 30, lastTime)).left()).isEqualTo(25);
    }

    @Example
    void whatANodeSpendsAfterItHasSettledIsNotPrepaid() {
        long lastTime = call(take(10)).time();
        micros += 1;
        long settled = call(local(20, 70, 30, lastTime)).time();
        assertThat(call(local(10, ANY, ANY, settled)).left()).isEqualTo(20);
    }

    @Example
    void aClockThatIsSetBackNeitherFillsNorBlocksTheBucket() {
        call(take(100));
        micros -= Duration.ofHours(1).toMillis() * 1_000;
        assertThat(call(take(1)).granted()).isZero();
        micros += 100_000;
        assertThat(call(take(1)).granted()).isEqualTo(1);
    }

    @Example
    void aNewBurstKeepsTheLevelInProportion() {
        Duration minute = Duration.ofMinutes(1);
        call(take(bucket, Rate.of(100, minute, 100), 70));
        assertThat(call(take(bucket, Rate.of(10, minute, 10), 0)).left()).isEqualTo(3);
        assertThat(call(take(bucket, Rate.of(1000, minute, 1000), 0)).left()).isEqualTo(300);
    }

    @Example
    void oneCallTakesFromAllBucketsOrFromNone() {
        BucketAddress other = new BucketAddress(bucket.scope(), "other", bucket.key());
        call(take(other, TEN_A_SECOND, 99));
        assertThat(callAll(List.of(take(bucket, TEN_A_SECOND, 3), take(other, TEN_A_SECOND, 3))))
                .extracting(LeaseResult::granted, LeaseResult::left)
                .containsExactly(tuple(3L, 97L), tuple(1L, 0L));
        assertThat(callAll(List.of(take(bucket, TEN_A_SECOND, 3), take(other, TEN_A_SECOND, 3))))
                .extracting(LeaseResult::granted, LeaseResult::left)
                .containsExactly(tuple(0L, 97L), tuple(0L, 0L));
    }

    @Example
    void aBucketStaysInRedisUntilItIsFull() {
        run(Rate.of(1, Duration.ofSeconds(100), 10), 3);
        assertThat(redis.pttl(bucket.toString())).isBetween(200_000L, 300_000L);
    }

    @Example
    void redisSupportsTheSlowestAndLargestLimit() {
        assertThat(run(Rate.of(1, Duration.ofDays(366), 1_000_000_000), 1_000_000_000)
                        .left())
                .isZero();
        assertThat(redis.pttl(bucket.toString())).isPositive();
    }

    /** Takes tokens by the clock of Redis. */
    private LeaseResult run(Rate rate, long wanted) {
        return TokenBucketScript.results(redis.eval(
                        TokenBucketScript.SCRIPT.text(),
                        List.of(bucket.toString()),
                        TokenBucketScript.arguments(List.of(take(bucket, rate, wanted)))))
                .getFirst();
    }

    private static BucketAddress fresh() {
        return new BucketAddress("scope", "limit", "bucket" + BUCKETS.incrementAndGet());
    }

    private LeaseRequest take(long wanted) {
        return take(bucket, TEN_A_SECOND, wanted);
    }

    private static LeaseRequest take(BucketAddress address, Rate rate, long wanted) {
        return new LeaseRequest(address, rate, wanted, 0, 0, ANY, ANY, 0);
    }

    private LeaseRequest giveBack(long returned, long lastTime) {
        return new LeaseRequest(bucket, TEN_A_SECOND, 0, returned, 0, ANY, ANY, lastTime);
    }

    private LeaseRequest local(long unsettled, long max, long extrapolatedMax, long lastTime) {
        return new LeaseRequest(bucket, TEN_A_SECOND, 0, 0, unsettled, max, extrapolatedMax, lastTime);
    }

    private LeaseRequest settle(long unsettled, long lastTime) {
        return new LeaseRequest(bucket, TEN_A_SECOND, 0, 0, unsettled, ANY, ANY, lastTime);
    }

    private void assertTaken(LeaseRequest request, long granted, long left, long nanosToNext) {
        assertThat(call(request))
                .extracting(LeaseResult::granted, LeaseResult::left, LeaseResult::nanosToNext)
                .containsExactly(granted, left, nanosToNext);
    }

    private LeaseResult call(LeaseRequest request) {
        return callAll(List.of(request)).getFirst();
    }

    private List<LeaseResult> callAll(List<LeaseRequest> requests) {
        List<String> arguments = new ArrayList<>(TokenBucketScript.arguments(requests));
        arguments.add(Long.toString(micros / 1_000_000));
        arguments.add(Long.toString(micros % 1_000_000));
        List<String> keys =
                requests.stream().map(request -> request.address().toString()).toList();
        return TokenBucketScript.results(redis.eval(BY_OUR_CLOCK, keys, arguments));
    }

    /**
     * A reference bucket with unlimited integers: a token is a period, and a microsecond adds {@code permits} units.
     */
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
