package dev.pintle.admin;

import dev.pintle.policy.limit.Network;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
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

/** Lets in who holds a token (RFC 6750). It stands before the search for a resource, so that strangers learn no paths. */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
final class RequireToken implements ContainerRequestFilter {
    /** Probes have no token. */
    static final Set<String> OPEN = Set.of("__health", "__ready");

    private static final String SCHEME = "Bearer ";
    /** The properties of a request that hold what the doorman said, and to whom. */
    private static final String ADMISSION = "admission";

    private static final String PEER = "peer";

    private final Doorman doorman;

    /** Stands for the request of the moment. */
    @Inject
    private HttpServletRequest servletRequest;

    RequireToken(Doorman doorman) {
        this.doorman = doorman;
    }

    /** The token that the request was let in with. */
    static AdminToken token(ContainerRequestContext request) {
        if (admission(request) instanceof Admission.Known(AdminToken token)) {
            return token;
        }
        throw new IllegalStateException("nobody was let in");
    }

    /** What the doorman said; null when nobody asked. */
    static @Nullable Admission admission(ContainerRequestContext request) {
        return (Admission) request.getProperty(ADMISSION);
    }

    /** The address of the peer. */
    static String peer(ContainerRequestContext request) {
        return String.valueOf(request.getProperty(PEER));
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (OPEN.contains(request.getUriInfo().getPath())) {
            return;
        }
        String peer = Objects.requireNonNullElse(servletRequest.getRemoteAddr(), "");
        String network = Objects.requireNonNullElse(Network.of(peer), peer);
        Admission admission = doorman.hear(network, secret(request.getHeaderString(HttpHeaders.AUTHORIZATION)));
        request.setProperty(PEER, peer);
        request.setProperty(ADMISSION, admission);
        switch (admission) {
            case Admission.Known known -> {}
            case Admission.Stranger stranger -> throw unauthorized();
            case Admission.TurnedAway away -> throw tooMany(away.untilNext());
        }
    }

    private static Optional<String> secret(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private static Refusal unauthorized() {
        return new Refusal(DeskProblem.withField(
                Reason.UNAUTHORIZED,
                "Send \"Authorization: Bearer TOKEN\" with a token of this node.",
                HttpHeaders.WWW_AUTHENTICATE,
                "Bearer"));
    }

    private static Refusal tooMany(Duration untilNext) {
        long seconds = untilNext.plusSeconds(1).minusNanos(1).toSeconds();
        return new Refusal(DeskProblem.withField(
                Reason.TOO_MANY_FAILURES,
                "Too many requests from your address had no valid token, and this one was not looked at; try again in "
                        + seconds + " s.",
                HttpHeaders.RETRY_AFTER,
                Long.toString(seconds)));
    }
}
