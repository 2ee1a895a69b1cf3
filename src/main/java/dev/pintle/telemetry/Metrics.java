package dev.pintle.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The metrics of the gateway. Names, labels and help texts are a public interface. Safe for all threads. */
public final class Metrics {
    private static final double[] SECONDS = {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60};

    private static final double[] CALL_SECONDS = {.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25};
    private static final List<String> LIMITER_MODES = List.of("redis", "local", "split");

    final Counter requests;
    final Histogram duration;
    final Gauge inFlight;
    final Counter ownResponses;
    final Counter attempts;
    final Histogram upstreamDuration;
    final Histogram externalAuthDuration;
    final Counter retries;
    final Counter retryBudgetExhausted;
    final Counter circuitTransitions;
    final Counter headerValuesRejected;
    final Counter authentications;
    final Counter rateLimited;
    final Gauge tunnelsOpen;
    final Counter tunnels;
    final Counter tunnelBytes;
    private final Gauge limiterMode;
    private final Histogram limiterCalls;
    private final PrometheusRegistry registry;
    private final Gauge revision;
    private final Counter reloads;
    private final Gauge nodes;
    private final Counter autoReverts;
    private final Histogram configurationApplied;
    private final ConcurrentMap<String, RouteMetrics> routes = new ConcurrentHashMap<>();

    public Metrics(PrometheusRegistry registry) {
        this.registry = registry;
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
                .classicUpperBounds(SECONDS)
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
                .classicUpperBounds(SECONDS)
                .register(registry);
        upstreamDuration = Histogram.builder()
                .name("gateway_upstream_duration_seconds")
                .unit(Unit.SECONDS)
                .help("Seconds from the start of an attempt to its response head or its end.")
                .labelNames("route")
                .classicOnly()
                .classicUpperBounds(SECONDS)
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
        GaugeWithCallback.builder()
                .name("gateway_circuit_open")
                .help("1 while a circuit is open and refuses all requests; otherwise 0.")
                .labelNames("route", "target")
                .callback(gauge -> routes.values().forEach(route -> route.reportCircuits(gauge)))
                .register(registry);
        GaugeWithCallback.builder()
                .name("gateway_target_healthy")
                .help("0 while health checks or outlier detection exclude a target on this node; otherwise 1.")
                .labelNames("route", "target")
                .callback(gauge -> routes.values().forEach(route -> route.reportHealth(gauge)))
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
        limiterMode = Gauge.builder()
                .withoutExemplars()
                .name("gateway_rate_limit_mode")
                .help("1 for the place where the node counts requests: redis, local, or split while Redis "
                        + "is unavailable; 0 for the others.")
                .labelNames("mode")
                .register(registry);
        limiterCalls = Histogram.builder()
                .name("gateway_rate_limit_call_seconds")
                .unit(Unit.SECONDS)
                .help("Duration of calls to Redis for rate limits, in seconds.")
                .classicOnly()
                .classicUpperBounds(CALL_SECONDS)
                .register(registry);
        revision = Gauge.builder()
                .withoutExemplars()
                .name("gateway_config_revision")
                .help("The active configuration revision of this node.")
                .register(registry);
        reloads = Counter.builder()
                .withoutExemplars()
                .name("gateway_config_reloads_total")
                .help("Activated route tables, by result: ok, or partial when a route was rejected.")
                .labelNames("result")
                .register(registry);
        configurationApplied = Histogram.builder()
                .name("gateway_config_applied_seconds")
                .unit(Unit.SECONDS)
                .help(
                        "Seconds from a write with wait=applied until every node served it; without writes that timed out.")
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .register(registry);
        autoReverts = Counter.builder()
                .withoutExemplars()
                .name("gateway_config_auto_reverts_total")
                .help("Unconfirmed revisions that this node reverted, by reason: deadline.")
                .labelNames("reason")
                .register(registry);
        nodes = Gauge.builder()
                .withoutExemplars()
                .name("gateway_nodes")
                .help("Nodes of the cluster by state, as of the last heartbeat of this node.")
                .labelNames("state")
                .register(registry);
    }

    /** Returns the data points of one route; the same ones until the route is removed. */
    public RouteMetrics route(String id) {
        return routes.computeIfAbsent(id, name -> new RouteMetrics(this, name));
    }

    /** Removes the series of a route. */
    public void forget(String route) {
        RouteMetrics removed = routes.remove(route);
        if (removed != null) {
            removed.remove();
        }
    }

    /** Sets the place where the node counts requests: {@code redis}, {@code local} or {@code split}. */
    public void limiterMode(String mode) {
        for (String each : LIMITER_MODES) {
            limiterMode.labelValues(each).set(each.equals(mode) ? 1 : 0);
        }
    }

    /** Records a call to Redis. */
    public void limiterCall(long nanos) {
        limiterCalls.observe(nanos / (double) TimeUnit.SECONDS.toNanos(1));
    }

    /** Records the activation of a route table. */
    public void reloaded(long number, boolean complete) {
        revision.set((double) number);
        reloads.labelValues(complete ? "ok" : "partial").inc();
    }

    /** Records that every node serves a write. */
    public void configurationApplied(long nanos) {
        configurationApplied.observe(nanos / (double) TimeUnit.SECONDS.toNanos(1));
    }

    /** Sets the number of nodes in a state. */
    public void nodes(String state, long count) {
        nodes.labelValues(state).set((double) count);
    }

    /** Supplies the number of dropped access log lines to every scrape. */
    public void accessLogDropped(LongSupplier lines) {
        CounterWithCallback.builder()
                .name("gateway_access_log_dropped_total")
                .help("Lines of the access log that were dropped because the output was too slow.")
                .callback(point -> point.call((double) lines.getAsLong()))
                .register(registry);
    }

    /** Records that this node reverted an unconfirmed revision. */
    public void autoReverted(String reason) {
        autoReverts.labelValues(reason).inc();
    }

    /** Supplies to every scrape whether a revision waits for its confirmation. */
    public void configurationUnconfirmed(BooleanSupplier waits) {
        GaugeWithCallback.builder()
                .name("gateway_config_unconfirmed")
                .help("1 while the latest revision waits for its confirmation, otherwise 0.")
                .callback(point -> point.call(waits.getAsBoolean() ? 1 : 0))
                .register(registry);
    }

    /** Supplies the age of the keys of each identity provider to every scrape. */
    public void keySetAges(Supplier<Map<String, Duration>> ages) {
        GaugeWithCallback.builder()
                .name("gateway_jwks_age_seconds")
                .unit(Unit.SECONDS)
                .help("Seconds since the keys of an identity provider were fetched.")
                .labelNames("provider")
                .callback(point -> ages.get().forEach((id, age) -> point.call(age.toMillis() / 1_000.0, id)))
                .register(registry);
    }

    /** Supplies the age of the configuration to every scrape. */
    public void configurationAge(Supplier<Duration> age) {
        GaugeWithCallback.builder()
                .name("gateway_config_age_seconds")
                .unit(Unit.SECONDS)
                .help("Seconds since the configuration was last known to be current.")
                .callback(point -> point.call(age.get().toMillis() / 1_000.0))
                .register(registry);
    }
}
