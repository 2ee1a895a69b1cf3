package dev.pintle.policy.rewrite;

import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Policy;

/**
 * Cuts the route's path off the request's, or puts a prefix before it, or both; the other octets stay as they are. The path
 * rule has made sure that the route's path is a literal prefix.
 */
public final class PathRewritePolicy implements Policy {
    private final int cut;
    private final String prefix;

    /**
     * What becomes of the path.
     *
     * @param routePath the path that the route takes
     * @param stripPrefix whether it is cut off
     * @param prefix put before what is left; empty for nothing
     */
    public PathRewritePolicy(String routePath, boolean stripPrefix, String prefix) {
        this.cut = stripPrefix ? withoutEndingSlash(routePath).length() : 0;
        this.prefix = withoutEndingSlash(prefix);
    }

    /** Whether the upstream sees another path than the client sent. */
    public boolean changesAnything() {
        return cut > 0 || !prefix.isEmpty();
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        GatewayRequest request = exchange.request();
        return next.handle(exchange.with(request.withPath(rewritten(request.path()))));
    }

    /** The path that the upstream sees. */
    public String rewritten(String path) {
        String rest = path.substring(Math.min(cut, path.length()));
        String whole = prefix + rest;
        return whole.isEmpty() ? "/" : whole;
    }

    private static String withoutEndingSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
