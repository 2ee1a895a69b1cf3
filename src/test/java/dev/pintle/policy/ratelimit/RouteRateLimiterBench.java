package dev.pintle.policy.ratelimit;

import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of taking a token from a bucket in this process. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RouteRateLimiterBench {
    private final RouteRateLimiter limiter = new RouteRateLimiter(
            "users",
            SampleLimits.limit("default", "client", 1_000_000_000, Duration.ofSeconds(1)),
            new BucketCache(new BucketCapacity(1_000), new BucketFactory.Local(new LockOrder())),
            Ticker.SYSTEM);

    @Benchmark
    public RateLimitDecision local() {
        return limiter.take("192.0.2.1");
    }

    @Benchmark
    @Threads(2)
    public RateLimitDecision twoThreadsOnOneBucket() {
        return limiter.take("192.0.2.2");
    }
}
