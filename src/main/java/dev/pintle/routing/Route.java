package dev.pintle.routing;

import dev.pintle.config.LayeredSettings;
import dev.pintle.config.RouteSpec;
import dev.pintle.config.VersionedDocument;
import dev.pintle.http.ExchangeMeter;
import dev.pintle.http.Handler;
import java.util.List;
import java.util.Objects;

/**
 * A route that runs. An exchange keeps the route that took it, even when another configuration becomes active. Immutable.
 *
 * @param source the document that the route was compiled from
 * @param settings the values that apply to the route
 * @param policyNames the keys of the policies in its chain, outermost first
 * @param handler the chain
 * @param meter counts the exchanges of the route
 */
public record Route(
        String id,
        VersionedDocument source,
        RouteSpec spec,
        LayeredSettings settings,
        List<String> policyNames,
        Handler handler,
        ExchangeMeter meter) {
    public Route {
        policyNames = List.copyOf(policyNames);
    }

    /** The path that the route matches. */
    public String path() {
        return Objects.requireNonNull(Objects.requireNonNull(spec.match()).path());
    }
}
