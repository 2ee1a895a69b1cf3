package dev.pintle.policy.ratelimit;

import dev.pintle.redis.RedisProbeCommand;
import dev.pintle.redis.RedisScript;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The token bucket in Redis: arguments and answer of {@code take.lua}. */
final class TokenBucketScript {
    static final RedisScript SCRIPT = RedisScript.load(TokenBucketScript.class, "take.lua");

    private TokenBucketScript() {}

    /** A call that needs all that the limiter needs, and takes nothing from any client. */
    static RedisProbeCommand probe() {
        return new RedisProbeCommand(SCRIPT, arguments(Rate.of(1, Duration.ofSeconds(1), 1), 1, 0, 1));
    }

    /**
     * The arguments of a call.
     *
     * @param want takes at most so many tokens; zero only looks
     * @param back gives so many tokens back first
     * @param most the most tokens that can be left, as far as the node knows
     */
    static List<String> arguments(Rate rate, long want, long back, long most) {
        return List.of(
                Long.toString(rate.permits()),
                Long.toString(TimeUnit.NANOSECONDS.toMicros(rate.period())),
                Long.toString(rate.burst()),
                Long.toString(want),
                Long.toString(back),
                Long.toString(most));
    }

    static LeaseResult grant(Object answer) {
        List<?> numbers = (List<?>) answer;
        return new LeaseResult(
                (Long) numbers.get(0), (Long) numbers.get(1), TimeUnit.MICROSECONDS.toNanos((Long) numbers.get(2)));
    }
}
