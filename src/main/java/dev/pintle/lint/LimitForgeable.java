package dev.pintle.lint;

import dev.pintle.policy.ratelimit.RateLimitSettings;
import java.util.List;

/** Finds rate limits that a client escapes by another value of a header. */
final class LimitForgeable implements RouteRule {
    private static final Rule RULE = new Rule(
            "limit-forgeable",
            Severity.WARNING,
            "All rate limits of a route count by a header that the client chooses. A client that sends a new value gets a"
                    + " new bucket.",
            "Add a rate limit with the key `client` or `route`.");

    private static final String HEADER = "header:";

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void check(LintedRoute route, LintedConfiguration all, Report report) {
        List<RateLimitSettings> limits = RateLimits.of(route);
        boolean forgeable =
                limits.stream().allMatch(limit -> limit.key().toString().startsWith(HEADER));
        for (int i = 0; forgeable && i < limits.size(); i++) {
            RateLimitSettings limit = limits.get(i);
            report.add(
                    RULE,
                    route,
                    RateLimits.pointer(i) + "/key",
                    "The limit \"" + limit.name() + "\" counts by " + limit.key()
                            + ", which the client chooses, and no other limit bounds the client.");
        }
    }
}
