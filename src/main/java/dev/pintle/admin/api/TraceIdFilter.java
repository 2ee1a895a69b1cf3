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
import org.slf4j.MDC;

/** Adds the trace id to every response of the admin API, and to its log lines. */
@PreMatching
@Priority(0)
public final class TraceIdFilter implements ContainerRequestFilter, ContainerResponseFilter {
    /** The request property and the MDC key with the trace id. */
    static final String TRACE = "traceId";

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
        response.getHeaders().putSingle("X-Trace-ID", trace.hex());
        if (response.getEntity() instanceof ApiProblem problem) {
            response.setEntity(problem.json(trace).toString());
        }
        MDC.remove(TRACE);
    }
}
