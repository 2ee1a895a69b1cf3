package dev.pintle.admin;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets in who holds a token (RFC 6750). It stands before the search for a resource, so that strangers learn no paths. */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
final class RequireToken implements ContainerRequestFilter {
    /** Probes have no token. */
    private static final Set<String> OPEN = Set.of("__health", "__ready");

    private static final String SCHEME = "Bearer ";
    /** The property of a request that holds the name of the token. */
    private static final String NAME = "tokenName";

    private final List<AdminToken> tokens;

    RequireToken(List<AdminToken> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /** The name of the token that the request was let in with. */
    static String name(ContainerRequestContext request) {
        return String.valueOf(request.getProperty(NAME));
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!OPEN.contains(request.getUriInfo().getPath())) {
            AdminToken token = find(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                    .orElseThrow(() -> new Refusal(DeskProblem.withField(
                            Reason.UNAUTHORIZED,
                            "Send \"Authorization: Bearer TOKEN\" with the token of this node.",
                            HttpHeaders.WWW_AUTHENTICATE,
                            "Bearer")));
            request.setProperty(NAME, token.name());
        }
    }

    private Optional<AdminToken> find(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String secret = authorization.substring(SCHEME.length()).strip();
        return tokens.stream().filter(token -> token.isOpenedBy(secret)).findFirst();
    }
}
