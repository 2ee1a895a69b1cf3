package dev.pintle.admin.auth;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Requires that a page of the console sent a request. Browsers send the header only after a preflight that the admin
 * API never allows, so that no other site can use the session of an operator.
 */
public final class SameOrigin {
    static final String HEADER = "X-Pintle-Console";

    private SameOrigin() {}

    /**
     * Accepts a request only from a page of this node.
     *
     * @throws ApiException with status 403 if another site may have sent it
     */
    public static void require(ContainerRequestContext request) {
        if (!"1".equals(request.getHeaderString(HEADER))) {
            throw crossSite("A request with the session of the console needs the header \"" + HEADER + ": 1\".");
        }
        String site = request.getHeaderString("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin")) {
            throw crossSite(
                    "The session of the console is for its own pages only; Sec-Fetch-Site is \"" + site + "\".");
        }
        String origin = request.getHeaderString("Origin");
        if (origin != null && !isSame(origin, request)) {
            throw crossSite("The session of the console is for its own pages only; Origin is \"" + origin + "\".");
        }
    }

    /** A proxy may end the TLS of a node without TLS. */
    private static boolean isSame(String origin, ContainerRequestContext request) {
        @Nullable String host = request.getHeaderString(HttpHeaders.HOST);
        boolean secure = "https".equals(request.getUriInfo().getRequestUri().getScheme());
        return origin.equals("https://" + host) || (!secure && origin.equals("http://" + host));
    }

    private static ApiException crossSite(String detail) {
        return new ApiException(ApiErrorCode.CROSS_SITE, detail);
    }
}
