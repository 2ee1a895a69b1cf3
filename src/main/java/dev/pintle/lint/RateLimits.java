package dev.pintle.lint;

import dev.pintle.policy.ratelimit.RateLimitSettings;
import dev.pintle.policy.ratelimit.RateLimitsType;
import java.util.List;

/** The rate limits of a route. */
final class RateLimits {
    private RateLimits() {}

    static List<RateLimitSettings> of(LintedRoute route) {
        return route.settings().contains(RateLimitsType.TYPE)
                ? RateLimitsType.limits(route.settings().of(RateLimitsType.TYPE))
                : List.of();
    }

    static String pointer(int index) {
        return "/rateLimits/" + index;
    }
}
