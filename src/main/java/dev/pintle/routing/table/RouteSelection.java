package dev.pintle.routing.table;

import dev.pintle.http.GatewayRequest;
import dev.pintle.policy.cors.CorsType;
import dev.pintle.policy.cors.Preflight;
import dev.pintle.routing.Route;
import dev.pintle.routing.match.Matcher;
import dev.pintle.routing.path.AmbiguousPathException;
import dev.pintle.routing.path.PathAmbiguityGuard;
import org.jspecify.annotations.Nullable;

/**
 * The route that takes a request.
 *
 * @param matched the request as the matcher saw it
 * @param route null when no route takes the request
 */
public record RouteSelection(
        GatewayRequest matched, @Nullable Route route) {
    /**
     * Selects the route for a request. A preflight goes to the route of the request that it asks about, if that route has
     * {@code cors}; otherwise it is an ordinary {@code OPTIONS} request.
     *
     * @throws AmbiguousPathException when readers of the path would disagree
     */
    public static RouteSelection of(Matcher matcher, GatewayRequest request) throws AmbiguousPathException {
        String asked = Preflight.method(request);
        if (asked != null) {
            GatewayRequest actual = request.withMethod(asked);
            Route route = PathAmbiguityGuard.select(matcher, actual);
            if (route != null && route.policyNames().contains(CorsType.TYPE.key())) {
                return new RouteSelection(actual, route);
            }
        }
        return new RouteSelection(request, PathAmbiguityGuard.select(matcher, request));
    }
}
