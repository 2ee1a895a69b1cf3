package dev.pintle.policy.ratelimit;

import dev.pintle.config.Reference;
import dev.pintle.config.Settings;
import dev.pintle.config.Violations;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code rateLimits}: limits the rate of requests. */
public final class RateLimitsType implements PolicyType<RateLimitsSpec> {
    public static final RateLimitsType TYPE = new RateLimitsType();

    private RateLimitsType() {}

    @Override
    public String key() {
        return "rateLimits";
    }

    @Override
    public Class<RateLimitsSpec> spec() {
        return RateLimitsSpec.class;
    }

    @Override
    public void validate(RateLimitsSpec spec, Violations violations) {
        List<RateLimitSpec> limits = Objects.requireNonNullElse(spec.rateLimits(), List.of());
        Set<String> names = new HashSet<>();
        for (int i = 0; i < limits.size(); i++) {
            RateLimitSpec limit = limits.get(i);
            if (limit != null && !names.add(limit.effectiveName())) {
                violations.add("/" + i + "/name", "must be unique; choose another name than " + limit.effectiveName());
            }
        }
    }

    @Override
    public List<Reference> references(RateLimitsSpec spec) {
        List<RateLimitSpec> limits = Objects.requireNonNullElse(spec.rateLimits(), List.of());
        List<Reference> references = new ArrayList<>();
        for (int i = 0; i < limits.size(); i++) {
            String pointer = "/" + i + "/groups/";
            // An invalid list may contain null.
            RateLimitSpec limit = limits.get(i);
            Map<String, Integer> groups = limit == null ? null : limit.groups();
            if (groups != null) {
                groups.keySet()
                        .forEach(
                                group -> references.add(new Reference(Reference.Target.GROUP, group, pointer + group)));
            }
        }
        return references;
    }

    @Override
    public Policy create(Settings<RateLimitsSpec> settings, PolicyContext context) {
        RateLimiterRegistry registry = context.services().rateLimits();
        context.state(ActiveRateLimits.class, () -> new ActiveRateLimits(context.route(), registry));
        List<LimitPlan> plans = settings.get(RateLimitsSpec::rateLimits).stream()
                .map(RateLimitSpec::plan)
                .toList();
        return registry.policyByGroup(context.route(), plans, context.metrics());
    }

    /** The names of the limits that apply to a consumer of these groups. */
    public static Set<String> names(Settings<RateLimitsSpec> settings, Set<String> groups) {
        return settings.get(RateLimitsSpec::rateLimits).stream()
                .map(limit -> limit.plan().of(groups).name())
                .collect(Collectors.toSet());
    }

    /** The limits that apply to a route. */
    public static List<RateLimitSettings> limits(Settings<RateLimitsSpec> settings) {
        return settings.get(RateLimitsSpec::rateLimits).stream()
                .map(RateLimitSpec::settings)
                .toList();
    }
}
