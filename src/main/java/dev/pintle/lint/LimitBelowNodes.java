package dev.pintle.lint;

import dev.pintle.policy.ratelimit.RateLimitSettings;
import dev.pintle.policy.ratelimit.RedisFailureMode;
import java.util.List;

/** Finds rate limits that the nodes cannot split. */
final class LimitBelowNodes implements RouteRule {
    private static final Rule RULE = new Rule(
            "limit-below-nodes",
            Severity.WARNING,
            "The burst of a rate limit with `onRedisFailure: split` is smaller than the number of nodes. While Redis is"
                    + " unavailable, each node admits at least one request at once, so together they admit more.",
            "Raise `burst`, or choose `allow` or `deny` for `onRedisFailure`.");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void check(LintedRoute route, LintedConfiguration all, Report report) {
        List<RateLimitSettings> limits = RateLimits.of(route);
        int nodes = all.node().liveNodes().getAsInt();
        for (int i = 0; i < limits.size(); i++) {
            RateLimitSettings limit = limits.get(i);
            if (limit.onRedisFailure() == RedisFailureMode.SPLIT && limit.burst() < nodes) {
                report.add(
                        RULE,
                        route,
                        RateLimits.pointer(i),
                        "The limit \"" + limit.name() + "\" has a burst of " + limit.burst() + ", which " + nodes
                                + " nodes cannot split.");
            }
        }
    }
}
