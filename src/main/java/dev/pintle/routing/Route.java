package dev.pintle.routing;

import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Meter;
import dev.pintle.route.RouteSpec;
import dev.pintle.route.Stored;
import java.util.List;
import java.util.Objects;

/**
 * A route that runs. Immutable; an exchange that it took keeps it, whatever is reloaded meanwhile.
 *
 * @param source the document it was made of
 * @param policyNames the policies of its chain, outermost first
 * @param handler its chain
 * @param meter counts its exchanges
 */
public record Route(String id, Stored source, RouteSpec spec, List<String> policyNames, Handler handler, Meter meter) {
    public Route {
        policyNames = List.copyOf(policyNames);
    }

    /** The path that it matches. */
    String path() {
        return Objects.requireNonNull(Objects.requireNonNull(spec.match()).path());
    }
}
