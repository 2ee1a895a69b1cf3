package dev.pintle.admin.auth;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.admin.problem.ApiProblem;
import dev.pintle.http.ClientNetwork;
import dev.pintle.http.RemoteAddress;
import dev.pintle.peer.SnapshotOffer;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requires a bearer token (RFC 6750). Runs before resource matching, so that unauthenticated clients learn no paths.
 */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public final class AuthenticationFilter implements ContainerRequestFilter {
    /** The paths of probes, which send no token, and of peers, which prove theirs. */
    public static final Set<String> OPEN = Set.of("__health", "__ready", SnapshotOffer.PATH);

    private static final String SCHEME = "Bearer ";
    /** The request properties with the result and the peer. */
    private static final String RESULT = "authenticationResult";

    private static final String PEER = "peer";

    /** Static files and the sign-in are for everyone. */
    private static final String CONSOLE = "console";

    private static final String SIGN_IN = "console/session";

    private final TokenAuthenticator authenticator;
    private final SessionAuthenticator sessions;

    /** Jersey's proxy of the current request. */
    @Inject
    private HttpServletRequest servletRequest;

    public AuthenticationFilter(TokenAuthenticator authenticator, SessionAuthenticator sessions) {
        this.authenticator = authenticator;
        this.sessions = sessions;
    }

    /** The token of an authenticated request. */
    public static AdminToken token(ContainerRequestContext request) {
        if (result(request) instanceof AuthResult.Authenticated(AdminToken token)) {
            return token;
        }
        throw new IllegalStateException("the request is not authenticated");
    }

    /** The result of the authentication; null for a request that needs none. */
    public static @Nullable AuthResult result(ContainerRequestContext request) {
        return (AuthResult) request.getProperty(RESULT);
    }

    /** The address of the peer. */
    public static String peer(ContainerRequestContext request) {
        return String.valueOf(request.getProperty(PEER));
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String peer = RemoteAddress.canonical(Objects.requireNonNullElse(servletRequest.getRemoteAddr(), ""));
        request.setProperty(PEER, peer);
        if (!isOpen(request)) {
            require(request, authenticate(request, ClientNetwork.of(peer)));
        }
    }

    private static boolean isOpen(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (path.equals(SIGN_IN)) {
            return request.getMethod().equals(HttpMethod.POST)
                    || (SessionCookie.of(request).isEmpty()
                            && request.getHeaderString(HttpHeaders.AUTHORIZATION) == null);
        }
        return OPEN.contains(path) || path.equals(CONSOLE) || path.startsWith(CONSOLE + '/');
    }

    private AuthResult authenticate(ContainerRequestContext request, ClientNetwork network) {
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        Optional<AuthResult> session =
                authorization == null ? sessions.authenticate(request, network) : Optional.empty();
        return session.orElseGet(() -> authenticator.authenticate(network, secret(authorization)));
    }

    /**
     * Remembers the result of an authentication.
     *
     * @throws ApiException if it failed
     */
    public static void require(ContainerRequestContext request, AuthResult result) {
        request.setProperty(RESULT, result);
        switch (result) {
            case AuthResult.Authenticated authenticated -> {}
            case AuthResult.Rejected rejected -> throw unauthorized();
            case AuthResult.Throttled throttled -> throw tooMany(throttled.untilNext());
        }
    }

    private static Optional<String> secret(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private static ApiException unauthorized() {
        return new ApiException(ApiProblem.withField(
                ApiErrorCode.UNAUTHORIZED,
                "Send \"Authorization: Bearer TOKEN\" with a token of this node.",
                HttpHeaders.WWW_AUTHENTICATE,
                "Bearer"));
    }

    private static ApiException tooMany(Duration untilNext) {
        long seconds = untilNext.plusSeconds(1).minusNanos(1).toSeconds();
        return new ApiException(ApiProblem.withField(
                ApiErrorCode.TOO_MANY_FAILURES,
                "Too many requests from your network had no valid token. Send a valid token, or wait " + seconds
                        + " s.",
                HttpHeaders.RETRY_AFTER,
                Long.toString(seconds)));
    }
}
