package dev.pintle.policy.ratelimit;

import static dev.pintle.policy.ratelimit.SampleLimits.terms;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BucketCacheTest {
    private static final Rate HUNDRED_A_MINUTE = Rate.of(100, Duration.ofMinutes(1), 100);
    private static final Rate ONE_A_DAY = Rate.of(1, Duration.ofDays(1), 1);

    private final BucketCapacity capacity = new BucketCapacity(1_000);
    private final BucketCache buckets = buckets(capacity);

    @Test
    void aMillionKeysStayWithinTheCapacity() {
        long before = heap();
        flood(buckets, ONE_A_DAY, 1_000_000, 0);
        assertThat(capacity.taken()).isLessThanOrEqualTo(500);
        assertThat(heap() - before).isLessThan(8 << 20);
    }

    @Test
    void aFloodOfKeysDoesNotRefillABucket() {
        assertThat(allowed(buckets, "victim", ONE_A_DAY, 5, 0)).isEqualTo(1);
        flood(buckets, ONE_A_DAY, 100_000, 0);
        assertThat(allowed(buckets, "victim", ONE_A_DAY, 5, 0)).isZero();
    }

    @Test
    void keysBeyondTheCapacityShareBuckets() {
        flood(buckets, ONE_A_DAY, 1_000, 0);
        int allowed = IntStream.range(0, 100_000)
                .map(i -> buckets.take("more" + i, terms(ONE_A_DAY), 0).allowed() ? 1 : 0)
                .sum();
        assertThat(allowed).isLessThanOrEqualTo(64);
    }

    @Test
    void aKeyThatGetsABucketOfItsOwnKeepsItsLevel() {
        flood(buckets, HUNDRED_A_MINUTE, 500, 0);
        assertThat(allowed(buckets, "late", HUNDRED_A_MINUTE, 200, 0)).isEqualTo(100);
        long later = Duration.ofSeconds(6).toNanos();
        buckets.forgetFull(terms(HUNDRED_A_MINUTE), later);
        assertThat(allowed(buckets, "late", HUNDRED_A_MINUTE, 200, later)).isEqualTo(10);
    }

    @Test
    void fullBucketsAreEvictedForNewOnes() {
        long later = Duration.ofMinutes(1).toNanos();
        flood(buckets, HUNDRED_A_MINUTE, 1_000, 0);
        flood(buckets, HUNDRED_A_MINUTE, 400, later);
        assertThat(IntStream.range(0, 400).map(i -> allowed(buckets, "key" + i, HUNDRED_A_MINUTE, 200, later)))
                .allMatch(allowed -> allowed == 99);
    }

    @Test
    void aFloodOnOneRouteLeavesCapacityForOtherRoutes() {
        flood(buckets, ONE_A_DAY, 100_000, 0);
        BucketCache others = buckets(capacity);
        assertThat(IntStream.range(0, 200)
                        .map(i -> others.take("key" + i, terms(ONE_A_DAY), 0).allowed() ? 1 : 0)
                        .sum())
                .isEqualTo(200);
    }

    @Test
    void bucketsThatAreEvictedWhileInUseGrantNoExtraTokens() {
        Rate rate = Rate.of(1, Duration.ofDays(1), 10);
        AtomicInteger allowed = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 8; thread++) {
                var _ = threads.submit(() -> {
                    for (int i = 0; i < 400; i++) {
                        buckets.forgetFull(terms(rate), 0);
                        allowed.addAndGet(allowed(buckets, "key" + i, rate, 10, 0));
                    }
                });
            }
        }
        assertThat(allowed).hasValue(4_000);
    }

    @Test
    void aBucketThatIsFullAgainIsEvicted() {
        buckets.take("key", terms(ONE_A_DAY), 0);
        buckets.forgetFull(terms(ONE_A_DAY), Duration.ofDays(1).toNanos() - 1);
        assertThat(buckets.isEmpty()).isFalse();
        buckets.forgetFull(terms(ONE_A_DAY), Duration.ofDays(1).toNanos());
        assertThat(buckets.isEmpty()).isTrue();
        assertThat(capacity.taken()).isZero();
    }

    private static BucketCache buckets(BucketCapacity capacity) {
        return new BucketCache(capacity, new BucketFactory.Local(new LockOrder()));
    }

    private static void flood(BucketCache buckets, Rate rate, int keys, long now) {
        for (int i = 0; i < keys; i++) {
            buckets.take("key" + i, terms(rate), now);
        }
    }

    private static int allowed(BucketCache buckets, String key, Rate rate, int requests, long now) {
        int allowed = 0;
        for (int i = 0; i < requests; i++) {
            allowed += buckets.take(key, terms(rate), now).allowed() ? 1 : 0;
        }
        return allowed;
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
