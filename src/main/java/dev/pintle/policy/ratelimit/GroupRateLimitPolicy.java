package dev.pintle.policy.ratelimit;

import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Policy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Limits each request by the settings for the groups of its consumer. */
final class GroupRateLimitPolicy implements Policy {
    private final List<LimitPlan> plans;
    private final Function<List<RateLimitSettings>, RateLimitPolicy> factory;
    private final Map<List<RateLimitSettings>, RateLimitPolicy> policies = new ConcurrentHashMap<>();

    GroupRateLimitPolicy(List<LimitPlan> plans, Function<List<RateLimitSettings>, RateLimitPolicy> factory) {
        this.plans = List.copyOf(plans);
        this.factory = factory;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        Set<String> groups = exchange.context().identity().groups();
        List<RateLimitSettings> limits =
                plans.stream().map(plan -> plan.of(groups)).toList();
        return policies.computeIfAbsent(limits, factory).apply(exchange, next);
    }
}
