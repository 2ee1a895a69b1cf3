package dev.pintle.policy.ratelimit;

import dev.pintle.http.Headers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What a response tells the client of the rate limits (draft-ietf-httpapi-ratelimit-headers-11). {@code RateLimit-Policy} lists all
 * limits, {@code RateLimit} one of them. Its window ends when the next token comes: until then, the client can use no more than what is
 * left. {@code Retry-After} says the same time.
 */
final class RateLimitHeaders {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final String policy;
    private final List<String> names;

    RateLimitHeaders(List<RateLimitSettings> limits) {
        this.names = limits.stream().map(RateLimitHeaders::quoted).toList();
        this.policy = limits.stream().map(RateLimitHeaders::policy).collect(Collectors.joining(", "));
    }

    /**
     * Adds the headers to those of a response.
     *
     * @param limit the place of the limit to tell
     */
    Headers addTo(Headers headers, int limit, RateLimitDecision decision) {
        return headers.toBuilder()
                .add("RateLimit-Policy", policy)
                .add("RateLimit", names.get(limit) + ";r=" + decision.left() + ";t=" + seconds(decision))
                .build();
    }

    /** Whole seconds until the bucket has one more token, at least one. */
    static long seconds(RateLimitDecision decision) {
        return Math.max(1, Math.ceilDiv(decision.nanosToNext(), SECOND));
    }

    private static String policy(RateLimitSettings limit) {
        // The draft counts windows in whole seconds.
        Duration per = limit.per();
        long seconds = Math.max(1, Math.ceilDiv(per.toNanos(), SECOND));
        long quota = Math.max(1, Math.round(limit.permits() * (seconds * SECOND / (double) per.toNanos())));
        return quoted(limit) + ";q=" + quota + ";w=" + seconds;
    }

    private static String quoted(RateLimitSettings limit) {
        return '"' + limit.name() + '"';
    }
}
