package dev.pintle.policy.ratelimit;

import dev.pintle.redis.Redis;
import dev.pintle.redis.RedisProbeCommand;
import dev.pintle.redis.RedisScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The script {@code take.lua} for the token buckets in Redis, with its arguments and its results. */
final class TokenBucketScript {
    static final RedisScript SCRIPT = RedisScript.load(TokenBucketScript.class, "take.lua");

    /** The numbers per bucket in the result of the script. */
    private static final int NUMBERS_PER_BUCKET = 4;

    private TokenBucketScript() {}

    /** Returns a call that uses all features that rate limits need, and no bucket of a client. */
    static RedisProbeCommand probe() {
        Rate rate = Rate.of(1, Duration.ofSeconds(1), 1);
        BucketAddress any = new BucketAddress("", "", "");
        return new RedisProbeCommand(SCRIPT, arguments(List.of(new LeaseRequest(any, rate, 1, 0, 0, 1, 1, 0))));
    }

    /**
     * Takes tokens from all buckets, or from none if one of them is empty.
     *
     * @param requests at least one; all buckets in one scope
     * @return one result per request, in order; null if Redis is unavailable or the call failed
     */
    static @Nullable List<LeaseResult> run(Redis redis, List<LeaseRequest> requests) {
        List<String> keys =
                requests.stream().map(request -> request.address().toString()).toList();
        Object result = redis.run(SCRIPT, keys, arguments(requests));
        return result == null ? null : results(result);
    }

    static List<String> arguments(List<LeaseRequest> requests) {
        List<String> arguments = new ArrayList<>();
        for (LeaseRequest request : requests) {
            Rate rate = request.rate();
            for (long number : new long[] {
                rate.permits(),
                TimeUnit.NANOSECONDS.toMicros(rate.period()),
                rate.burst(),
                request.wanted(),
                request.returned(),
                request.unsettled(),
                request.max(),
                request.extrapolatedMax(),
                request.lastTime()
            }) {
                arguments.add(Long.toString(number));
            }
        }
        return arguments;
    }

    static List<LeaseResult> results(Object result) {
        List<?> numbers = (List<?>) result;
        List<LeaseResult> results = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i += NUMBERS_PER_BUCKET) {
            results.add(new LeaseResult(
                    (Long) numbers.get(i),
                    (Long) numbers.get(i + 1),
                    TimeUnit.MICROSECONDS.toNanos((Long) numbers.get(i + 2)),
                    (Long) numbers.get(i + 3)));
        }
        return results;
    }
}
