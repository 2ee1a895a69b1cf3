package dev.pintle.routing.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request, and why.
 *
 * @param route the id of the route that takes it, or null
 * @param refusal why no route may take it, to be read after "the path"; null when its path means one thing
 * @param path as the upstream sees it, with the query; null without a route
 * @param candidates routes that do not take it, those that nearly do first
 * @param shadows routes that would take it, were this one not there, the next first
 * @param policies the chain of the route, outermost first
 */
public record Explanation(
        @Nullable String route,
        @Nullable String refusal,
        @Nullable String path,
        List<Miss> candidates,
        List<String> shadows,
        List<Step> policies) {
    public Explanation {
        candidates = List.copyOf(candidates);
        shadows = List.copyOf(shadows);
        policies = List.copyOf(policies);
    }

    /**
     * A route that does not take the request.
     *
     * @param failed the first predicate that does not hold: path, host, method, header:NAME or query:NAME
     */
    public record Miss(String route, String failed) {}

    /**
     * A policy of the chain.
     *
     * @param values what it goes by, as an operator would write it
     * @param origins where each of these values comes from
     */
    public record Step(String name, ObjectNode values, ObjectNode origins) {}
}
