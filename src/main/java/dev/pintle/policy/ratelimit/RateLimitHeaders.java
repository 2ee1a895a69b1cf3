package dev.pintle.policy.ratelimit;

import dev.pintle.http.Headers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What a client is told of its limit (draft-ietf-httpapi-ratelimit-headers-11). The window of {@code RateLimitPolicy} ends when
 * the next token comes: until then no more can be used than what is left, and {@code Retry-After} says the same time.
 */
final class RateLimitHeaders {
    private static final String NAME = "\"default\"";
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final String policy;

    RateLimitHeaders(int permits, Duration per) {
        // The draft counts windows in whole seconds.
        long seconds = Math.max(1, Math.ceilDiv(per.toNanos(), SECOND));
        long quota = Math.max(1, Math.round(permits * (seconds * SECOND / (double) per.toNanos())));
        this.policy = NAME + ";q=" + quota + ";w=" + seconds;
    }

    /** The fields of an answer, with those that it has. */
    Headers addedTo(Headers headers, RateLimitDecision decision) {
        return headers.toBuilder()
                .add("RateLimit-Policy", policy)
                .add("RateLimit", NAME + ";r=" + decision.left() + ";t=" + seconds(decision))
                .build();
    }

    /** Whole seconds until there is one more token, at least one. */
    static long seconds(RateLimitDecision decision) {
        return Math.max(1, Math.ceilDiv(decision.nanosToNext(), SECOND));
    }
}
