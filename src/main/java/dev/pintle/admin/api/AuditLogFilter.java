package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.admin.auth.AdminToken;
import dev.pintle.admin.auth.AuthResult;
import dev.pintle.admin.auth.AuthenticationFilter;
import dev.pintle.admin.auth.AuthorizationFilter;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiProblem;
import dev.pintle.credentials.AuthFailureThrottle;
import dev.pintle.http.TraceId;
import dev.pintle.telemetry.AsciiJson;
import dev.pintle.time.Ticker;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs every change by an editor and every rejected authentication or authorization to the logger {@code audit}. For
 * many rejections in a short time it logs the first and their number. No line contains a token.
 */
public final class AuditLogFilter implements ContainerResponseFilter {
    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final int MAX_TEXT = 1_024;
    private static final int FORBIDDEN = ApiErrorCode.FORBIDDEN.status();
    /** The request property with the reason, when the reason is not in the header. */
    private static final String REASON = "reason";

    private final InstantSource clock;
    /** Throttles the lines about forbidden requests, by token name. */
    private final AuthFailureThrottle throttle;

    public AuditLogFilter(InstantSource clock, Ticker ticker) {
        this.clock = clock;
        this.throttle = new AuthFailureThrottle(ticker);
    }

    /** Stores the reason of a request whose body contains it. */
    static void storeReason(ContainerRequestContext request, String reason) {
        request.setProperty(REASON, reason);
    }

    /** The reason of a request, up to 1,024 characters; null for none. */
    static @Nullable String reason(ContainerRequestContext request) {
        String reason = request.getProperty(REASON) instanceof String storeReason
                ? storeReason
                : request.getHeaderString(WriteContext.REASON);
        return reason == null || reason.isBlank() ? null : cut(reason);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        switch (AuthenticationFilter.result(request)) {
            case null -> {}
            // The first throttled attempt already has a line.
            case AuthResult.Rejected(long throttled) -> refused(request, response, throttled - 1);
            case AuthResult.Throttled throttledAttempt -> {
                if (throttledAttempt.first()) {
                    refused(request, response, 0);
                }
            }
            case AuthResult.Authenticated(AdminToken token) -> {
                if (response.getStatus() == FORBIDDEN) {
                    forbidden(token, request, response);
                } else if (AuthorizationFilter.isChange(request)) {
                    LOG.info("{}", AsciiJson.line(change(request, response)));
                }
            }
        }
    }

    private void forbidden(AdminToken token, ContainerRequestContext request, ContainerResponseContext response) {
        if (throttle.untilNext(token.name()).isPositive()) {
            throttle.throttle(token.name());
        } else {
            refused(request, response, throttle.use(token.name()));
        }
    }

    /** @param unlogged the number of earlier rejections without a line */
    private void refused(ContainerRequestContext request, ContainerResponseContext response, long unlogged) {
        ObjectNode line = line("refused", request, response);
        if (unlogged > 0) {
            line.put("unlogged", unlogged);
        }
        optional(line, "retryAfter", response.getHeaderString("Retry-After"));
        LOG.info("{}", AsciiJson.line(line));
    }

    private ObjectNode change(ContainerRequestContext request, ContainerResponseContext response) {
        ObjectNode line = line("order", request, response);
        optional(line, "query", request.getUriInfo().getRequestUri().getRawQuery());
        Object revision = response.getHeaders().getFirst(Responses.REVISION);
        if (revision instanceof Long number) {
            line.put("revision", number);
        }
        optional(line, "reason", reason(request));
        return line;
    }

    private ObjectNode line(String event, ContainerRequestContext request, ContainerResponseContext response) {
        URI uri = request.getUriInfo().getRequestUri();
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("time", clock.instant().toString())
                .put("traceId", request.getProperty(TraceIdFilter.TRACE) instanceof TraceId trace ? trace.hex() : "")
                .put("event", event)
                .put("peer", AuthenticationFilter.peer(request));
        if (AuthenticationFilter.result(request) instanceof AuthResult.Authenticated(AdminToken token)) {
            line.put("token", token.name()).put("role", token.role().word());
        }
        line.put("method", cut(request.getMethod()))
                .put("path", cut(uri.getRawPath()))
                .put("status", response.getStatus());
        if (response.getEntity() instanceof ApiProblem problem) {
            line.put("code", problem.reason().code());
        }
        return line;
    }

    private static void optional(ObjectNode line, String field, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            line.put(field, cut(text));
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
