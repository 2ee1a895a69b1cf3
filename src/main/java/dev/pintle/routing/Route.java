package dev.pintle.routing;

import dev.pintle.config.RouteSpec;
import dev.pintle.config.VersionedDocument;
import dev.pintle.http.ExchangeMeter;
import dev.pintle.http.Handler;
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
public record Route(
        String id,
        VersionedDocument source,
        RouteSpec spec,
        List<String> policyNames,
        Handler handler,
        ExchangeMeter meter) {
    public Route {
        policyNames = List.copyOf(policyNames);
    }

    /** The path that it matches. */
    public String path() {
        return Objects.requireNonNull(Objects.requireNonNull(spec.match()).path());
    }
}
