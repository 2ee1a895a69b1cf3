package dev.pintle.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/** The metric families that have one series or more for each route. Safe for all threads. */
final class RouteFamilies {
    final Counter requests;
    final Histogram duration;
    final Gauge inFlight;
    final Counter ownResponses;
    final Counter attempts;
    final Histogram externalAuthDuration;
    final Histogram upstreamDuration;
    final Counter retries;
    final Counter retryBudgetExhausted;
    final Counter circuitTransitions;
    final Counter authentications;
    final Counter grpc;
    final Counter rateLimited;
    final Counter headerValuesRejected;
    final Gauge tunnelsOpen;
    final Counter tunnels;
    final Counter tunnelBytes;

    RouteFamilies(PrometheusRegistry registry) {
        requests = Counter.builder()
                .withoutExemplars()
                .name("gateway_requests_total")
                .help("Requests answered, by route and status. Unmatched requests have route -.")
                .labelNames("route", "status")
                .register(registry);
        duration = Histogram.builder()
                .name("gateway_request_duration_seconds")
                .unit(Unit.SECONDS)
                .help("Seconds from a request's head to the last byte of its response.")
                .labelNames("route")
                .classicOnly()
                .classicUpperBounds(Buckets.REQUEST_SECONDS)
                .register(registry);
        inFlight = Gauge.builder()
                .withoutExemplars()
                .name("gateway_requests_in_flight")
                .help("Requests in progress.")
                .labelNames("route")
                .register(registry);
        ownResponses = Counter.builder()
                .withoutExemplars()
                .name("gateway_generated_responses_total")
                .help("Requests that the gateway answered without an upstream response or broke "
                        + "off, by whether an attempt was made, and the code of the problem; code - "
                        + "marks responses that are not problems.")
                .labelNames("route", "upstream_attempted", "code")
                .register(registry);
        attempts = Counter.builder()
                .withoutExemplars()
                .name("gateway_upstream_attempts_total")
                .help(
                        "Attempts at targets, by outcome: answered, connect, reset, timeout, internal, shutdown, or the client's fault.")
                .labelNames("route", "outcome")
                .register(registry);
        externalAuthDuration = Histogram.builder()
                .withoutExemplars()
                .name("gateway_external_auth_duration_seconds")
                .unit(Unit.SECONDS)
                .help("Seconds until an authorization service answered, or failed to.")
                .labelNames("route")
                .classicOnly()
                .classicUpperBounds(Buckets.REQUEST_SECONDS)
                .register(registry);
        upstreamDuration = Histogram.builder()
                .name("gateway_upstream_duration_seconds")
                .unit(Unit.SECONDS)
                .help("Seconds from the start of an attempt to its response head or its end.")
                .labelNames("route")
                .classicOnly()
                .classicUpperBounds(Buckets.REQUEST_SECONDS)
                .register(registry);
        retries = Counter.builder()
                .withoutExemplars()
                .name("gateway_retries_total")
                .help(
                        "Attempts after the first of a request, by the previous failure: connect, reset, timeout, or a status.")
                .labelNames("route", "reason")
                .register(registry);
        retryBudgetExhausted = Counter.builder()
                .withoutExemplars()
                .name("gateway_retry_budget_exhausted_total")
                .help("Attempts that were not retried because the retry budget of the route was exhausted.")
                .labelNames("route")
                .register(registry);
        circuitTransitions = Counter.builder()
                .withoutExemplars()
                .name("gateway_circuit_transitions_total")
                .help("State changes of a circuit breaker, by the new state: open, half-open or closed.")
                .labelNames("route", "target", "state")
                .register(registry);
        authentications = Counter.builder()
                .withoutExemplars()
                .name("gateway_auth_total")
                .help("Requests by the method that identified the client, or failed to, and by the result.")
                .labelNames("route", "method", "result")
                .register(registry);
        rateLimited = Counter.builder()
                .withoutExemplars()
                .name("gateway_rate_limited_total")
                .help("Requests rejected by a rate limit.")
                .labelNames("route")
                .register(registry);
        headerValuesRejected = Counter.builder()
                .withoutExemplars()
                .name("gateway_header_values_rejected_total")
                .help("Values of edited headers that were not sent: control characters, or more than 8 KiB.")
                .labelNames("route")
                .register(registry);
        grpc = Counter.builder()
                .withoutExemplars()
                .name("gateway_grpc_total")
                .help("gRPC calls that ended, by the number of their status.")
                .labelNames("route", "grpc_status")
                .register(registry);
        tunnelsOpen = Gauge.builder()
                .withoutExemplars()
                .name("gateway_tunnels_open")
                .help("Open WebSockets.")
                .labelNames("route")
                .register(registry);
        tunnels = Counter.builder()
                .withoutExemplars()
                .name("gateway_tunnels_total")
                .help("WebSockets that ended, by the cause: client, upstream, silence, route, operator or shutdown.")
                .labelNames("route", "end")
                .register(registry);
        tunnelBytes = Counter.builder()
                .withoutExemplars()
                .name("gateway_tunnel_bytes_total")
                .help("Bytes in WebSockets: in from clients, or out to clients.")
                .labelNames("route", "direction")
                .register(registry);
    }
}
