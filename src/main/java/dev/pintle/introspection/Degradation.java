package dev.pintle.introspection;

import dev.pintle.policy.ratelimit.RateLimitMode;
import dev.pintle.routing.table.ConfigurationSource;
import dev.pintle.routing.table.RouteRuntime;
import dev.pintle.routing.table.RouteTable;
import dev.pintle.sync.SyncStatus;
import java.util.ArrayList;
import java.util.List;

/** The reasons why a node is degraded: it proxies requests, but with a fault that an operator should repair. */
final class Degradation {
    private Degradation() {}

    /** Returns one sentence per reason; empty when the node is healthy. */
    static List<String> reasons(SyncStatus sync, RouteTable table, RouteRuntime runtime) {
        List<String> reasons = new ArrayList<>();
        if (sync.fault() != null) {
            reasons.add(sync.fault() + '.');
        }
        if (sync.source() == ConfigurationSource.SNAPSHOT) {
            reasons.add("The node serves revision " + sync.revision() + " from its snapshot.");
        }
        if (sync.source() == ConfigurationSource.PEER) {
            reasons.add("The node serves revision " + sync.revision() + " from the snapshot of a peer.");
        }
        if (table.defaultsFault() != null) {
            reasons.add("The stored defaults are rejected, and "
                    + (table.lacksDefaults()
                            ? "every request of a route is answered with 503: "
                            : "the last valid ones apply; routes that changed since answer 503: ")
                    + table.defaultsFault() + '.');
        }
        table.rejected().stream()
                .limit(1)
                .forEach(route -> reasons.add("Route \"" + route.id() + "\" is rejected: " + route.reason()
                        + others(table.rejected().size() - 1)));
        if (runtime.rateLimits().mode() == RateLimitMode.SPLIT) {
            reasons.add("Redis is unavailable; each node allows its share of every rate limit.");
        }
        runtime.upstreams().discoveries().stream()
                .filter(discovery -> discovery.fault() != null)
                .limit(1)
                .forEach(discovery -> reasons.add("Route \"" + discovery.route() + "\" keeps "
                        + discovery.targets().size() + " targets: discovery of " + discovery.query() + ": "
                        + discovery.fault() + '.'));
        return reasons;
    }

    private static String others(int count) {
        return switch (count) {
            case 0 -> ".";
            case 1 -> ". 1 more route is rejected.";
            default -> ". " + count + " more routes are rejected.";
        };
    }
}
