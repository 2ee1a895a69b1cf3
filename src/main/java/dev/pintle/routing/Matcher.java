package dev.pintle.routing;

import dev.pintle.exchange.GatewayRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route for a request. The most specific wins: an exact host before a wildcard, the longer wildcard before the
 * shorter, any host last; then the longest path; then an exact path, methods, more headers, more query terms; then the id.
 * Immutable once made.
 */
final class Matcher {
    private final Map<String, PathIndex> exactHosts = new HashMap<>();
    /** By what follows the star: {@code .example.org}. */
    private final Map<String, PathIndex> wildcards = new HashMap<>();

    private final PathIndex anyHost = new PathIndex();

    Matcher(List<Route> routes) {
        for (Route route : routes) {
            Candidate candidate = Candidate.of(route);
            if (candidate.hosts().isEmpty()) {
                anyHost.add(candidate);
            }
            for (String host : candidate.hosts()) {
                index(host).add(candidate);
            }
        }
    }

    private PathIndex index(String host) {
        return host.startsWith("*.")
                ? wildcards.computeIfAbsent(host.substring(1), suffix -> new PathIndex())
                : exactHosts.computeIfAbsent(host, name -> new PathIndex());
    }

    /** The route for the request, were its path the one given. */
    @Nullable
    Route find(GatewayRequest request, String path) {
        if (!exactHosts.isEmpty() || !wildcards.isEmpty()) {
            Route route = findByHost(host(request.authority()), request, path);
            if (route != null) {
                return route;
            }
        }
        return anyHost.find(path, request);
    }

    private @Nullable Route findByHost(String host, GatewayRequest request, String path) {
        Route route = find(exactHosts.get(host), request, path);
        for (int dot = host.indexOf('.'); route == null && dot >= 0; dot = host.indexOf('.', dot + 1)) {
            route = find(wildcards.get(host.substring(dot)), request, path);
        }
        return route;
    }

    private static @Nullable Route find(@Nullable PathIndex index, GatewayRequest request, String path) {
        return index == null ? null : index.find(path, request);
    }

    /** The host of an authority: lower case, without port and without the dot that may end a name. */
    static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = (hasPort ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
