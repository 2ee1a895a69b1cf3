package dev.pintle.telemetry;

import dev.pintle.guard.TrafficPeriods;
import dev.pintle.guard.TrafficSource;
import dev.pintle.time.Ticker;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The metrics of the gateway. Names, labels and help texts are a public interface. Safe for all threads. */
public final class Metrics {
    private final PrometheusRegistry registry;
    private final RouteFamilies families;
    private final ConfigurationMetrics configuration;
    private final RateLimiterMetrics rateLimiter;
    private final TrafficPeriods periods;
    private final Ticker ticker;
    private final ConcurrentMap<String, RouteMetrics> routes = new ConcurrentHashMap<>();

    public Metrics(PrometheusRegistry registry) {
        this(registry, Ticker.SYSTEM);
    }

    /** @param ticker separates the requests before a change from later ones */
    public Metrics(PrometheusRegistry registry, Ticker ticker) {
        this.registry = registry;
        this.ticker = ticker;
        families = new RouteFamilies(registry);
        configuration = new ConfigurationMetrics(registry);
        rateLimiter = new RateLimiterMetrics(registry);
        periods = new TrafficPeriods(ticker);
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
    }

    public ConfigurationMetrics configuration() {
        return configuration;
    }

    public RateLimiterMetrics rateLimiter() {
        return rateLimiter;
    }

    /** Returns the data points of one route; the same ones until the route is removed. */
    public RouteMetrics route(String id) {
        return routes.computeIfAbsent(id, name -> new RouteMetrics(families, name, periods, ticker));
    }

    /** Returns the completed requests of every route since the start; unmatched requests have route -. */
    public Map<String, RouteTotals> traffic() {
        return TrafficReader.read(families.requests, families.duration);
    }

    /** The requests of the last minutes, by route. */
    public TrafficSource recentTraffic() {
        return new MeteredTraffic(routes, periods);
    }

    /** Removes the series of a route. */
    public void forget(String route) {
        RouteMetrics removed = routes.remove(route);
        if (removed != null) {
            removed.remove();
        }
    }

    /** Supplies the number of dropped access log lines to every scrape. */
    public void accessLogDropped(LongSupplier lines) {
        CounterWithCallback.builder()
                .name("gateway_access_log_dropped_total")
                .help("Lines of the access log that were dropped because the output was too slow.")
                .callback(point -> point.call((double) lines.getAsLong()))
                .register(registry);
    }

    /** Supplies to every scrape how often the node stopped accepting connections. */
    public void connectionLimitReached(LongSupplier times) {
        CounterWithCallback.builder()
                .name("gateway_connection_limit_reached_total")
                .help("Times that the node had server.maxConnections and accepted no connection until one closed.")
                .callback(point -> point.call((double) times.getAsLong()))
                .register(registry);
    }

    /** Supplies the connections to every target to every scrape. */
    public void connections(Supplier<List<ConnectionUsage>> usage) {
        GaugeWithCallback.builder()
                .name("gateway_upstream_connections")
                .help("Open connections of this node to a target, idle ones included, by protocol: http/1.1 or h2.")
                .labelNames("target", "protocol")
                .callback(point ->
                        usage.get().forEach(each -> point.call(each.connections(), each.target(), each.protocol())))
                .register(registry);
        GaugeWithCallback.builder()
                .name("gateway_upstream_streams")
                .help("Requests and WebSockets in progress on the connections to a target, by protocol.")
                .labelNames("target", "protocol")
                .callback(point ->
                        usage.get().forEach(each -> point.call(each.streams(), each.target(), each.protocol())))
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
}
