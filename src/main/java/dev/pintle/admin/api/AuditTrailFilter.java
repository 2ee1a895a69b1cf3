package dev.pintle.admin.api;

import dev.pintle.admin.auth.AdminToken;
import dev.pintle.admin.auth.AuthResult;
import dev.pintle.admin.auth.AuthenticationFilter;
import dev.pintle.admin.auth.AuthorizationFilter;
import dev.pintle.admin.auth.Role;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiProblem;
import dev.pintle.config.RouteIds;
import dev.pintle.credentials.AuthFailureThrottle;
import dev.pintle.http.TraceId;
import dev.pintle.store.AuditEntry;
import dev.pintle.store.AuditEntry.Outcome;
import dev.pintle.store.AuditedCall;
import dev.pintle.store.Author;
import dev.pintle.sync.ConfigurationSync;
import dev.pintle.time.Ticker;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds each authenticated attempt to write to the audit table. An attempt that created a revision already has a row,
 * from the transaction of the revision. Many forbidden attempts by one viewer are reduced as in the audit log.
 */
public final class AuditTrailFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final int LONGEST_TEXT = 1_024;

    /** The property of a request that holds its call. */
    private static final String CALL = "auditedCall";

    private final AuditTrail trail;
    private final ConfigurationSync sync;
    private final AuthFailureThrottle throttle;

    /** @param sync knows whether PostgreSQL is available */
    public AuditTrailFilter(AuditTrail trail, ConfigurationSync sync, Ticker ticker) {
        this.trail = trail;
        this.sync = sync;
        this.throttle = new AuthFailureThrottle(ticker);
    }

    /** The call of a request that tries to write; null for any other request. */
    static @Nullable AuditedCall call(ContainerRequestContext request) {
        return request.getProperty(CALL) instanceof AuditedCall call ? call : null;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (AuthorizationFilter.isChange(request)) {
            request.setProperty(
                    CALL, call(request, AuthenticationFilter.token(request).role()));
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (AuthorizationFilter.isChange(request)
                && AuthenticationFilter.result(request) instanceof AuthResult.Authenticated(AdminToken token)
                && passes(token, response)) {
            AuditedCall known = call(request);
            AuditedCall call = known == null ? call(request, token.role()) : known;
            Author author = new Author(token.name(), AuditLogFilter.reason(request), call);
            trail.add(entry(author, request, response), isStoreAvailable(response));
        }
    }

    private boolean isStoreAvailable(ContainerResponseContext response) {
        return response.getStatus() != ApiErrorCode.STORE_UNAVAILABLE.status()
                && sync.status().databaseUp();
    }

    private boolean passes(AdminToken token, ContainerResponseContext response) {
        boolean free = response.getStatus() != ApiErrorCode.FORBIDDEN.status()
                || throttle.untilNext(token.name()).isZero();
        if (free && response.getStatus() == ApiErrorCode.FORBIDDEN.status()) {
            throttle.use(token.name());
        }
        return free;
    }

    private static AuditEntry entry(Author author, ContainerRequestContext request, ContainerResponseContext response) {
        int status = response.getStatus();
        String code = response.getEntity() instanceof ApiProblem problem
                ? problem.reason().code()
                : null;
        List<String> routes = Stream.of("id", "route")
                .flatMap(name -> request.getUriInfo().getPathParameters().getOrDefault(name, List.of()).stream())
                .filter(id -> id.matches(RouteIds.SYNTAX))
                .toList();
        return status < 400
                ? new AuditEntry(author, Outcome.DONE, null, null, null, routes)
                : new AuditEntry(author, status < 500 ? Outcome.REFUSED : Outcome.FAILED, status, code, null, routes);
    }

    private AuditedCall call(ContainerRequestContext request, Role role) {
        URI uri = request.getUriInfo().getRequestUri();
        String trace = request.getProperty(TraceIdFilter.TRACE) instanceof TraceId id ? id.hex() : "";
        String query = uri.getRawQuery();
        return new AuditedCall(
                trail.newId(),
                role.word(),
                AuthenticationFilter.peer(request),
                trace,
                cut(request.getMethod()),
                cut(uri.getRawPath()),
                query == null ? null : cut(query));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
