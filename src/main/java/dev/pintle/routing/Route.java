package dev.pintle.routing;

import dev.pintle.config.LayeredSettings;
import dev.pintle.config.PathTemplate;
import dev.pintle.config.RouteSpec;
import dev.pintle.config.VersionedDocument;
import dev.pintle.http.ExchangeMeter;
import dev.pintle.http.Handler;
import dev.pintle.policy.concurrency.RouteConcurrency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An active route. An exchange keeps its route when another configuration becomes active. Immutable.
 *
 * @param source the document that the route was compiled from
 * @param settings the effective values of the route
 * @param policyNames the keys of the policies in its chain, outermost first
 * @param handler the chain
 * @param concurrency counts the exchanges in progress, over all revisions of the route
 * @param meter counts the exchanges of the route
 */
public record Route(
        String id,
        VersionedDocument source,
        RouteSpec spec,
        @Nullable PathTemplate template,
        LayeredSettings settings,
        List<String> policyNames,
        Handler handler,
        RouteConcurrency concurrency,
        ExchangeMeter meter) {
    public Route {
        policyNames = List.copyOf(policyNames);
    }

    /** Returns the path that the route matches. */
    public String path() {
        return Objects.requireNonNull(spec.match()).pattern();
    }

    /** The values of the parameters in a path that the route matches, as sent, by name. */
    public Map<String, String> pathParameters(String requestPath) {
        Map<String, String> values = template == null ? null : template.values(requestPath);
        return values == null ? Map.of() : values;
    }
}
