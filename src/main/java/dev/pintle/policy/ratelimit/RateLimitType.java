package dev.pintle.policy.ratelimit;

import dev.pintle.config.Settings;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import java.util.List;

/** {@code rateLimit}: bounds the rate of requests. */
public final class RateLimitType implements PolicyType<RateLimitSpec> {
    public static final RateLimitType TYPE = new RateLimitType();

    private RateLimitType() {}

    @Override
    public String key() {
        return "rateLimit";
    }

    @Override
    public Class<RateLimitSpec> spec() {
        return RateLimitSpec.class;
    }

    @Override
    public Policy create(Settings<RateLimitSpec> settings, PolicyContext context) {
        RateLimiterRegistry registry = context.services().rateLimits();
        context.state(ActiveRateLimit.class, () -> new ActiveRateLimit(context.route(), registry));
        return registry.policy(context.route(), List.of(settings(settings)), context.metrics());
    }

    private static RateLimitSettings settings(Settings<RateLimitSpec> settings) {
        int requests = settings.get(RateLimitSpec::requests);
        Integer burst = settings.find(RateLimitSpec::burst);
        return new RateLimitSettings(
                "default",
                requests,
                settings.get(RateLimitSpec::per),
                burst == null ? requests : burst,
                LimitKey.parse(settings.get(RateLimitSpec::key)),
                settings.get(RateLimitSpec::onRedisFailure));
    }
}
