package dev.pintle.policy.ratelimit;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One limit with the numbers of requests that groups of consumers have instead.
 *
 * @param standard for requests without one of the groups
 * @param byGroup each with a name of its own, so that it has buckets of its own
 */
record LimitPlan(RateLimitSettings standard, Map<String, RateLimitSettings> byGroup) {
    LimitPlan {
        byGroup = Map.copyOf(byGroup);
    }

    /** The settings for the groups of a consumer: those of the group with the most requests. */
    RateLimitSettings of(Set<String> groups) {
        return byGroup.entrySet().stream()
                .filter(group -> groups.contains(group.getKey()))
                .map(Map.Entry::getValue)
                .max(Comparator.comparingInt(RateLimitSettings::permits))
                .orElse(standard);
    }

    Stream<RateLimitSettings> all() {
        return Stream.concat(Stream.of(standard), byGroup.values().stream());
    }
}
