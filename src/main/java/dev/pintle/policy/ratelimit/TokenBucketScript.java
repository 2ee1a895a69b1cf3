package dev.pintle.policy.ratelimit;

import dev.pintle.redis.Redis;
import dev.pintle.redis.RedisProbeCommand;
import dev.pintle.redis.RedisScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The token buckets in Redis: arguments and answer of {@code take.lua}. */
final class TokenBucketScript {
    static final RedisScript SCRIPT = RedisScript.load(TokenBucketScript.class, "take.lua");

    /** Numbers that the script answers for each bucket. */
    private static final int ANSWER = 4;

    private TokenBucketScript() {}

    /** A call that needs all that rate limits need, and takes nothing from any client. */
    static RedisProbeCommand probe() {
        Rate rate = Rate.of(1, Duration.ofSeconds(1), 1);
        BucketAddress any = new BucketAddress("", "", "");
        return new RedisProbeCommand(SCRIPT, arguments(List.of(new LeaseRequest(any, rate, 1, 0, 0, 1, 1, 0))));
    }

    /**
     * Takes tokens from all buckets, or from none if one of them has none.
     *
     * @param requests at least one; all buckets in one scope
     * @return one result for each request, in order; null if Redis is unavailable or the call failed
     */
    static @Nullable List<LeaseResult> run(Redis redis, List<LeaseRequest> requests) {
        List<String> keys =
                requests.stream().map(request -> request.address().toString()).toList();
        Object answer = redis.run(SCRIPT, keys, arguments(requests));
        return answer == null ? null : results(answer);
    }

    static List<String> arguments(List<LeaseRequest> requests) {
        List<String> arguments = new ArrayList<>();
        for (LeaseRequest request : requests) {
            Rate rate = request.rate();
            for (long number : new long[] {
                rate.permits(),
                TimeUnit.NANOSECONDS.toMicros(rate.period()),
                rate.burst(),
                request.want(),
                request.back(),
                request.unsettled(),
                request.most(),
                request.mostIfAlone(),
                request.seen()
            }) {
                arguments.add(Long.toString(number));
            }
        }
        return arguments;
    }

    static List<LeaseResult> results(Object answer) {
        List<?> numbers = (List<?>) answer;
        List<LeaseResult> results = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i += ANSWER) {
            results.add(new LeaseResult(
                    (Long) numbers.get(i),
                    (Long) numbers.get(i + 1),
                    TimeUnit.MICROSECONDS.toNanos((Long) numbers.get(i + 2)),
                    (Long) numbers.get(i + 3)));
        }
        return results;
    }
}
