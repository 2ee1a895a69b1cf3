package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.admin.auth.AdminToken;
import dev.pintle.admin.auth.AuthFailureThrottle;
import dev.pintle.admin.auth.AuthResult;
import dev.pintle.admin.auth.AuthenticationFilter;
import dev.pintle.admin.auth.AuthorizationFilter;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiProblem;
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
 * One line for every order that an editor gives and for every call that is refused at the door, on the logger {@code audit}. Of
 * a flood of refusals it tells the first, and how many there were. No line holds a token.
 */
public final class AuditLogFilter implements ContainerResponseFilter {
    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final int LONGEST_TEXT = 1_024;
    private static final int FORBIDDEN = ApiErrorCode.FORBIDDEN.status();
    /** The property of a request that holds its reason, where that is not in the header. */
    private static final String NOTE = "reason";

    private final InstantSource clock;
    /** With viewers who will not hear, by the names of their tokens. */
    private final AuthFailureThrottle patience;

    public AuditLogFilter(InstantSource clock, Ticker ticker) {
        this.clock = clock;
        this.patience = new AuthFailureThrottle(ticker);
    }

    /** Keeps the reason of an order that gives one in its document. */
    static void note(ContainerRequestContext request, String reason) {
        request.setProperty(NOTE, reason);
    }

    /** The reason of a request, up to 1,024 characters; null for none. */
    static @Nullable String reason(ContainerRequestContext request) {
        String reason =
                request.getProperty(NOTE) instanceof String note ? note : request.getHeaderString(WriteContext.REASON);
        return reason == null || reason.isBlank() ? null : cut(reason);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        switch (AuthenticationFilter.admission(request)) {
            case null -> {}
            // The first who was turned away has a line.
            case AuthResult.Rejected(long turnedAway) -> refused(request, response, turnedAway - 1);
            case AuthResult.Throttled away -> {
                if (away.first()) {
                    refused(request, response, 0);
                }
            }
            case AuthResult.Authenticated(AdminToken token) -> {
                if (response.getStatus() == FORBIDDEN) {
                    forbidden(token, request, response);
                } else if (AuthorizationFilter.isOrder(request)) {
                    LOG.info("{}", AsciiJson.line(order(request, response)));
                }
            }
        }
    }

    private void forbidden(AdminToken token, ContainerRequestContext request, ContainerResponseContext response) {
        if (patience.untilNext(token.name()).isPositive()) {
            patience.turnAway(token.name());
        } else {
            refused(request, response, patience.use(token.name()));
        }
    }

    /** @param untold how many refusals before this one have no line */
    private void refused(ContainerRequestContext request, ContainerResponseContext response, long untold) {
        ObjectNode line = line("refused", request, response);
        if (untold > 0) {
            line.put("untold", untold);
        }
        optional(line, "retryAfter", response.getHeaderString("Retry-After"));
        LOG.info("{}", AsciiJson.line(line));
    }

    private ObjectNode order(ContainerRequestContext request, ContainerResponseContext response) {
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
        if (AuthenticationFilter.admission(request) instanceof AuthResult.Authenticated(AdminToken token)) {
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
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
