package dev.pintle.policy.upgrade;

import dev.pintle.config.Settings;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import dev.pintle.policy.concurrency.ConcurrencyLimiter;

/** {@code maxTunnels}: bounds the number of open WebSockets. */
public final class MaxTunnelsType implements PolicyType<MaxTunnelsSpec> {
    public static final MaxTunnelsType TYPE = new MaxTunnelsType();

    private MaxTunnelsType() {}

    @Override
    public String key() {
        return "maxTunnels";
    }

    @Override
    public Class<MaxTunnelsSpec> spec() {
        return MaxTunnelsSpec.class;
    }

    @Override
    public Policy create(Settings<MaxTunnelsSpec> settings, PolicyContext context) {
        int max = settings.get(MaxTunnelsSpec::maxTunnels);
        ConcurrencyLimiter limiter = context.state(
                        RouteTunnels.class, () -> new RouteTunnels(new ConcurrencyLimiter(max)))
                .limiter();
        limiter.max(max);
        return new TunnelLimitPolicy(limiter, "maxTunnels of this route");
    }
}
