package dev.pintle.admin.auth;

import dev.pintle.console.Session;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Renews the session of an operator who works. A request that a page sends without its operator has the header {@code
 * X-Pintle-Background} and renews nothing.
 */
public final class SessionRenewalFilter implements ContainerResponseFilter {
    private static final String BACKGROUND = "X-Pintle-Background";

    private final SessionAuthenticator sessions;

    public SessionRenewalFilter(SessionAuthenticator sessions) {
        this.sessions = sessions;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Session session = SessionAuthenticator.session(request);
        boolean open = session != null
                && request.getHeaderString(BACKGROUND) == null
                && !response.getHeaders().containsKey(HttpHeaders.SET_COOKIE);
        if (open && session != null) {
            sessions.renewed(session)
                    .ifPresent(renewed ->
                            response.getHeaders().add(HttpHeaders.SET_COOKIE, sessions.cookie(renewed, request)));
        }
    }
}
