package dev.pintle.lint;

import dev.pintle.policy.authentication.AuthenticationType;
import dev.pintle.policy.ratelimit.RateLimitSettings;
import java.util.List;

/** Finds rate limits that count by an identity on routes that identify no client. */
final class LimitWithoutIdentity implements RouteRule {
    private static final Rule RULE = new Rule(
            "limit-without-identity",
            Severity.WARNING,
            "A rate limit has the key `consumer` or `claim:NAME`, and the route has no `authentication`: no request has a"
                    + " consumer or a claim, so the limit counts by client address.",
            "Give the route `authentication`, or write the key `client` if the limit is meant for addresses.");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void check(LintedRoute route, LintedConfiguration all, Report report) {
        if (route.settings().contains(AuthenticationType.TYPE)) {
            return;
        }
        List<RateLimitSettings> limits = RateLimits.of(route);
        for (int i = 0; i < limits.size(); i++) {
            RateLimitSettings limit = limits.get(i);
            if (limit.key().needsIdentity()) {
                report.add(
                        RULE,
                        route,
                        RateLimits.pointer(i) + "/key",
                        "The limit \"" + limit.name() + "\" has the key " + limit.key()
                                + ", and the route has no authentication: it counts by client address.");
            }
        }
    }
}
