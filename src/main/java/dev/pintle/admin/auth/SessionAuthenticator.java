package dev.pintle.admin.auth;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.console.ConsoleSessions;
import dev.pintle.console.ConsoleSessions.Found;
import dev.pintle.console.Session;
import dev.pintle.console.SignInCodes;
import dev.pintle.http.ClientNetwork;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.NewCookie;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Authenticates operators by the session of their browser. A session has the role of the token that started it. */
public final class SessionAuthenticator {
    /** The request property with the session. */
    private static final String SESSION = "consoleSession";

    private final AdminTokens tokens;
    private final TokenAuthenticator authenticator;
    private final ConsoleSessions sessions;
    private final SignInCodes codes;

    public SessionAuthenticator(
            AdminTokens tokens, TokenAuthenticator authenticator, ConsoleSessions sessions, SignInCodes codes) {
        this.tokens = tokens;
        this.authenticator = authenticator;
        this.sessions = sessions;
        this.codes = codes;
    }

    /** The session of a request; null if it has another kind of authentication. */
    public static @Nullable Session session(ContainerRequestContext request) {
        return request.getProperty(SESSION) instanceof Session session ? session : null;
    }

    /**
     * Authenticates a request by its cookie.
     *
     * @return empty for a request without the cookie of a session
     * @throws ApiException when the session has ended, or when another site may have sent the request
     */
    Optional<AuthResult> authenticate(ContainerRequestContext request, ClientNetwork network) {
        return SessionCookie.of(request).map(cookie -> switch (sessions.find(cookie, this::fingerprint)) {
            case Found.Active(Session session) -> active(request, session);
            case Found.Ended ended ->
                throw new ApiException(ApiErrorCode.SESSION_ENDED, "The session has ended. Sign in again.");
            case Found.Unknown unknown -> authenticator.failed(network);
        });
    }

    private AuthResult active(ContainerRequestContext request, Session session) {
        SameOrigin.require(request);
        request.setProperty(SESSION, session);
        return new AuthResult.Authenticated(tokens.named(session.token()).orElseThrow());
    }

    /** Authenticates a sign-in by an admin token. */
    public AuthResult byToken(ClientNetwork network, String secret) {
        return authenticator.authenticate(network, Optional.of(secret));
    }

    /** Authenticates a sign-in by a code, which counts as the admin token of the node. */
    public AuthResult byCode(ClientNetwork network, String code) {
        return codes.redeem(code) ? new AuthResult.Authenticated(tokens.first()) : authenticator.failed(network);
    }

    /** Starts a session. */
    public Session start(AdminToken token) {
        return sessions.start(token.name());
    }

    /** Whether a session is still valid, for a response that lasts. */
    public boolean isActive(Session session) {
        return sessions.isActive(session);
    }

    /** The cookie of a session. */
    public NewCookie cookie(Session session, ContainerRequestContext request) {
        String fingerprint = fingerprint(session.token()).orElseThrow();
        return SessionCookie.with(sessions.cookie(session, fingerprint), request);
    }

    /** The session with the time of this request; empty if its cookie is recent enough. */
    public Optional<Session> renewed(Session session) {
        return sessions.renewed(session);
    }

    private Optional<String> fingerprint(String token) {
        return tokens.named(token).map(AdminToken::fingerprint);
    }
}
