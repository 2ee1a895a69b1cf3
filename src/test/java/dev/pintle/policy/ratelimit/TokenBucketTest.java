package dev.pintle.policy.ratelimit;

import static dev.pintle.policy.ratelimit.SampleLimits.terms;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long DAY = Duration.ofDays(1).toNanos();

    /** The ticker overflows soon after the start. */
    private static final long START = Long.MAX_VALUE - SECOND;

    @Property(tries = 500)
    void decidesLikeTheReferenceWheneverRequestsArrive(
            @ForAll @IntRange(min = 1, max = 2_000_000) int permits,
            @ForAll @IntRange(min = 1, max = 86_400_000) int perMillis,
            @ForAll @IntRange(min = 1, max = 50_000) int burst,
            @ForAll("gaps") List<Long> gaps) {
        Duration per = Duration.ofMillis(perMillis);
        Rate rate = Rate.of(permits, per, burst);
        TokenBucket bucket = bucket(rate, START);
        Reference reference = new Reference(permits, per, burst);
        long now = START;
        for (long gap : gaps) {
            now += gap;
            RateLimitDecision decision = bucket.take(terms(rate), now);
            reference.pass(gap);
            assertThat(decision.allowed()).isEqualTo(reference.take());
            assertThat(decision.left()).isEqualTo(reference.left());
        }
    }

    @Provide
    Arbitrary<List<Long>> gaps() {
        return Arbitraries.oneOf(
                        Arbitraries.just(0L),
                        Arbitraries.longs().between(1, 1_000),
                        Arbitraries.longs().between(1, SECOND),
                        Arbitraries.longs().between(1, DAY))
                .list()
                .ofMaxSize(200);
    }

    @Property(tries = 200)
    void theTimeToTheNextTokenIsExactToTheNanosecond(
            @ForAll @IntRange(min = 1, max = 1_000_000) int permits,
            @ForAll @IntRange(min = 1, max = 86_400_000) int perMillis,
            @ForAll @IntRange(min = 1, max = 20) int burst) {
        Rate rate = Rate.of(permits, Duration.ofMillis(perMillis), burst);
        TokenBucket bucket = bucket(rate, 0);
        RateLimitDecision refused = emptied(bucket, rate, 0);
        long next = refused.nanosToNext();
        assertThat(bucket.take(terms(rate), next - 1).allowed()).isFalse();
        assertThat(bucket.take(terms(rate), next).allowed()).isTrue();
    }

    @Test
    void oneRequestADayIsOneRequestADay() {
        Rate rate = Rate.of(1, Duration.ofDays(1), 1);
        TokenBucket bucket = bucket(rate, START);
        assertThat(bucket.take(terms(rate), START).allowed()).isTrue();
        for (int hour = 1; hour < 24; hour++) {
            assertThat(bucket.take(terms(rate), START + Duration.ofHours(hour).toNanos())
                            .allowed())
                    .isFalse();
        }
        assertThat(bucket.take(terms(rate), START + DAY - 1).allowed()).isFalse();
        assertThat(bucket.take(terms(rate), START + DAY).allowed()).isTrue();
    }

    @Test
    void aMillionASecondDoesNotDrift() {
        Rate rate = Rate.of(1_000_000, Duration.ofSeconds(1), 10);
        TokenBucket bucket = bucket(rate, 0);
        int allowed = 0;
        for (long now = 0; now < 5 * SECOND; now += 333) {
            allowed += bucket.take(terms(rate), now).allowed() ? 1 : 0;
        }
        assertThat(allowed).isBetween(5_000_008, 5_000_010);
    }

    @Test
    void aBurstAboveTheRateIsAdmittedOnceAndThenTheRateApplies() {
        Rate rate = Rate.of(2, Duration.ofSeconds(1), 10);
        TokenBucket bucket = bucket(rate, 0);
        assertThat(allowed(bucket, rate, 0, 20)).isEqualTo(10);
        assertThat(allowed(bucket, rate, SECOND, 20)).isEqualTo(2);
        assertThat(allowed(bucket, rate, 100 * SECOND, 20)).isEqualTo(10);
    }

    @Test
    void aBurstBelowTheRateSpreadsTheRequests() {
        Rate rate = Rate.of(10, Duration.ofSeconds(1), 2);
        TokenBucket bucket = bucket(rate, 0);
        assertThat(allowed(bucket, rate, 0, 20)).isEqualTo(2);
        assertThat(allowed(bucket, rate, SECOND / 10, 20)).isEqualTo(1);
        assertThat(allowed(bucket, rate, 5 * SECOND, 20)).isEqualTo(2);
    }

    @Test
    void theLargestLimitIsExactToABillionthAndNeverExceeded() {
        int billion = 1_000_000_000;
        Duration year = Duration.ofDays(366);
        Rate rate = Rate.of(billion, year, billion);
        TokenBucket bucket = bucket(rate, 0);
        assertThat(bucket.take(terms(rate), 0).left()).isEqualTo(billion - 1);
        Rate slow = Rate.of(7, year, billion);
        TokenBucket drop = bucket(slow, 0);
        drop.take(terms(slow), 0);
        drop.take(terms(slow), 0);
        assertThat(drop.level(terms(slow), year.toNanos() / 7).left()).isEqualTo(billion - 2);
        assertThat(drop.level(terms(slow), year.toNanos() / 7 + SECOND).left()).isEqualTo(billion - 1);
    }

    @Test
    void aTickerThatGoesBackNeitherFillsNorBlocksTheBucket() {
        Rate rate = Rate.of(1, Duration.ofSeconds(1), 1);
        TokenBucket bucket = bucket(rate, 0);
        assertThat(bucket.take(terms(rate), 0).allowed()).isTrue();
        assertThat(bucket.take(terms(rate), -DAY).allowed()).isFalse();
        assertThat(bucket.take(terms(rate), SECOND - 1).allowed()).isFalse();
        assertThat(bucket.take(terms(rate), SECOND).allowed()).isTrue();
    }

    @Test
    void aThousandThreadsGetNoMoreThanTheBurst() throws InterruptedException {
        int burst = 5_000;
        Rate rate = Rate.of(1, Duration.ofDays(1), burst);
        TokenBucket bucket = bucket(rate, 0);
        AtomicInteger allowed = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 1_000; thread++) {
                var _ = threads.submit(() -> {
                    start.await();
                    return allowed.addAndGet(allowed(bucket, rate, 0, 10));
                });
            }
            start.countDown();
        }
        assertThat(allowed).hasValue(burst);
    }

    @Test
    void aNewRateKeepsTheLevelInProportion() {
        Rate hundred = Rate.of(100, Duration.ofMinutes(1), 100);
        Rate ten = Rate.of(10, Duration.ofMinutes(1), 10);
        TokenBucket bucket = bucket(hundred, 0);
        allowed(bucket, hundred, 0, 70);
        bucket.adopt(terms(ten), 0);
        assertThat(bucket.level(terms(ten), 0).left()).isEqualTo(3);
        bucket.adopt(terms(hundred), 0);
        assertThat(bucket.level(terms(hundred), 0).left()).isEqualTo(30);
    }

    private static TokenBucket bucket(Rate rate, long now) {
        return new TokenBucket(new TokenLevel(rate, now), 0);
    }

    private static int allowed(TokenBucket bucket, Rate rate, long now, int requests) {
        int allowed = 0;
        for (int i = 0; i < requests; i++) {
            allowed += bucket.take(terms(rate), now).allowed() ? 1 : 0;
        }
        return allowed;
    }

    private static RateLimitDecision emptied(TokenBucket bucket, Rate rate, long now) {
        RateLimitDecision decision = bucket.take(terms(rate), now);
        while (decision.allowed()) {
            decision = bucket.take(terms(rate), now);
        }
        return decision;
    }

    /**
     * A reference bucket with unlimited integers: a token is {@code per} units, and a nanosecond adds {@code permits}
     * units.
     */
    private static final class Reference {
        private final BigInteger permits;
        private final BigInteger token;
        private final BigInteger full;
        private BigInteger level;

        Reference(int permits, Duration per, int burst) {
            this.permits = BigInteger.valueOf(permits);
            this.token = BigInteger.valueOf(per.toNanos());
            this.full = token.multiply(BigInteger.valueOf(burst));
            this.level = full;
        }

        void pass(long nanos) {
            level = level.add(permits.multiply(BigInteger.valueOf(nanos))).min(full);
        }

        boolean take() {
            boolean enough = level.compareTo(token) >= 0;
            if (enough) {
                level = level.subtract(token);
            }
            return enough;
        }

        long left() {
            return level.divide(token).longValueExact();
        }
    }
}
