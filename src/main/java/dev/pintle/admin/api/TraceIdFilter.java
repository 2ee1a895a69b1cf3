package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiProblem;
import dev.pintle.http.TraceId;
import dev.pintle.telemetry.TraceContextExtractor;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import org.slf4j.MDC;

/** Adds the trace id and the security headers to every response of the admin API. */
@PreMatching
@Priority(0)
public final class TraceIdFilter implements ContainerRequestFilter, ContainerResponseFilter {
    /** The request property and the MDC key with the trace id. */
    static final String TRACE = "traceId";

    /** Prevents browsers from caching a response, sniffing its type, framing it, and sending its URL as a referrer. */
    static final Map<String, String> SECURITY_HEADERS = Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer");

    private final TraceContextExtractor traceIds;

    public TraceIdFilter(TraceContextExtractor traceIds) {
        this.traceIds = traceIds;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        TraceId trace = traceIds.of(request.getHeaderString("traceparent"), request.getHeaderString("X-Trace-ID"))
                .id();
        request.setProperty(TRACE, trace);
        MDC.put(TRACE, trace.hex());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        TraceId trace = (TraceId) request.getProperty(TRACE);
        MultivaluedMap<String, Object> fields = response.getHeaders();
        fields.putSingle("X-Trace-ID", trace.hex());
        SECURITY_HEADERS.forEach(fields::putSingle);
        if (response.getEntity() instanceof ApiProblem problem) {
            response.setEntity(problem.json(trace).toString());
        }
        MDC.remove(TRACE);
    }
}
