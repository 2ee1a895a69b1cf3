package dev.pintle.policy.concurrency;

import dev.pintle.config.Settings;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;

/** {@code concurrency}: limits the number of requests in flight. */
public final class ConcurrencyType implements PolicyType<ConcurrencySpec> {
    public static final ConcurrencyType TYPE = new ConcurrencyType();

    private ConcurrencyType() {}

    @Override
    public String key() {
        return "concurrency";
    }

    @Override
    public Class<ConcurrencySpec> spec() {
        return ConcurrencySpec.class;
    }

    @Override
    public Policy create(Settings<ConcurrencySpec> settings, PolicyContext context) {
        int max = settings.get(ConcurrencySpec::maxInFlight);
        ConcurrencyLimiter limiter = context.state(ConcurrencyLimiter.class, () -> new ConcurrencyLimiter(max));
        limiter.max(max);
        return new ConcurrencyLimitPolicy(limiter);
    }
}
