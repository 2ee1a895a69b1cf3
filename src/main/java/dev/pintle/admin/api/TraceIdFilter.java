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

/** What every answer of the control desk carries: its trace id, in problems too, and what makes it harmless in a browser. */
@PreMatching
@Priority(0)
public final class TraceIdFilter implements ContainerRequestFilter, ContainerResponseFilter {
    /** The property of the request, and the key of the log, that hold the trace id. */
    static final String TRACE = "traceId";

    /** Nobody keeps an answer, guesses at its type, shows it in a frame, or hears of its address. */
    static final Map<String, String> SAFE_IN_A_BROWSER = Map.of(
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
        SAFE_IN_A_BROWSER.forEach(fields::putSingle);
        if (response.getEntity() instanceof ApiProblem problem) {
            response.setEntity(problem.json(trace).toString());
        }
        MDC.remove(TRACE);
    }
}
