package dev.pintle.policy.ratelimit;

import dev.pintle.http.Headers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Adds the rate limit headers of a response (draft-ietf-httpapi-ratelimit-headers-11). {@code RateLimit-Policy} lists
 * all limits, {@code RateLimit} describes one of them. Its window ends with the next token, because the client cannot
 * use more than the rest until then. {@code Retry-After} has the same time.
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
     * Returns the headers of a response with the rate limit headers.
     *
     * @param limit the index of the described limit
     */
    Headers addTo(Headers headers, int limit, RateLimitDecision decision) {
        return headers.toBuilder()
                .add("RateLimit-Policy", policy)
                .add("RateLimit", names.get(limit) + ";r=" + decision.left() + ";t=" + seconds(decision))
                .build();
    }

    /** Returns the seconds until the next token, at least one. */
    static long seconds(RateLimitDecision decision) {
        return Math.max(1, Math.ceilDiv(decision.nanosToNext(), SECOND));
    }

    private static String policy(RateLimitSettings limit) {
        // The draft allows only whole seconds.
        Duration per = limit.per();
        long seconds = Math.max(1, Math.ceilDiv(per.toNanos(), SECOND));
        long quota = Math.max(1, Math.round(limit.permits() * (seconds * SECOND / (double) per.toNanos())));
        return quoted(limit) + ";q=" + quota + ";w=" + seconds;
    }

    private static String quoted(RateLimitSettings limit) {
        return '"' + limit.name() + '"';
    }
}
