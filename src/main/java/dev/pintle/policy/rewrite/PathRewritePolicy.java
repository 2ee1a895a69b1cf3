package dev.pintle.policy.rewrite;

import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Policy;

/**
 * Strips the path of the route from the path of the request, or adds a prefix, or both. Other bytes stay unchanged. The
 * path ambiguity guard ensures that the path of the route is a literal prefix.
 */
public final class PathRewritePolicy implements Policy {
    private final int stripped;
    private final String prefix;

    /**
     * Creates the policy of a route.
     *
     * @param routePath the path of the route
     * @param stripPrefix whether to strip that path
     * @param prefix added before the rest; empty for none
     */
    public PathRewritePolicy(String routePath, boolean stripPrefix, String prefix) {
        this.stripped = stripPrefix ? withoutTrailingSlash(routePath).length() : 0;
        this.prefix = withoutTrailingSlash(prefix);
    }

    /** Returns whether the policy changes paths. */
    public boolean changesPaths() {
        return stripped > 0 || !prefix.isEmpty();
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        GatewayRequest request = exchange.request();
        return next.handle(exchange.with(request.withPath(rewritten(request.path()))));
    }

    /** Returns the path that the upstream receives. */
    public String rewritten(String path) {
        String rest = path.substring(Math.min(stripped, path.length()));
        String whole = prefix + rest;
        return whole.isEmpty() ? "/" : whole;
    }

    private static String withoutTrailingSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
