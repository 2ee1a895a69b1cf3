package dev.pintle.routing.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Origin;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The route that matches a request, and the reasons.
 *
 * @param route the id of the route; null when no route matches
 * @param refusal the error code and the detail of a request that no route may take; null without such a refusal
 * @param path the path and query that the upstream would receive; null without a route or an upstream, and with a refusal
 * @param nonMatching routes that do not match, the nearest first
 * @param shadowedRoutes routes that would match without this one, the next first
 * @param access the decisions about the credentials and the address of the request; null without a route, and with a refusal
 * @param policies the policies of the route, outermost first, then its other settings; empty with a refusal
 */
public record Explanation(
        @Nullable String route,
        @Nullable String refusal,
        @Nullable String path,
        List<NonMatch> nonMatching,
        List<String> shadowedRoutes,
        @Nullable AccessReport access,
        List<Step> policies) {
    public Explanation {
        nonMatching = List.copyOf(nonMatching);
        shadowedRoutes = List.copyOf(shadowedRoutes);
        policies = List.copyOf(policies);
    }

    /**
     * A route that does not match the request.
     *
     * @param failed the first predicate that does not hold: path, host, method, header:NAME or query:NAME
     */
    public record NonMatch(String route, String failed) {}

    /**
     * A policy of the route.
     *
     * @param values the effective values, in the format of the documents
     * @param origins the origin of each value
     */
    public record Step(String name, ObjectNode values, Map<String, Origin> origins) {}
}
