package dev.pintle.telemetry;

import com.codahale.metrics.MetricRegistry;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.GrpcStatus;
import dev.pintle.http.TraceContext;
import dev.pintle.http.TraceId;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A registry with every metric observed once, so that every metric has its labels. */
public final class EveryMetric {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Metrics metrics = new Metrics(registry);

    public EveryMetric() {
        metrics.keySetAges(() -> Map.of("main", Duration.ZERO));
        metrics.configuration().age(() -> Duration.ZERO);
        metrics.accessLogDropped(() -> 0);
        metrics.connectionLimitReached(() -> 0);
        metrics.connections(() -> List.of(new ConnectionUsage("http://127.0.0.1:1", ConnectionUsage.HTTP1, 1, 1)));
        metrics.configuration().reloaded(1, true);
        metrics.configuration().nodes("in-sync", 1);
        metrics.configuration().autoReverted("deadline");
        metrics.configuration().unconfirmed(() -> false);
        metrics.configuration().applied(1);
        metrics.rateLimiter().mode("local");
        metrics.rateLimiter().called(1);
        RouteMetrics route = metrics.route("users");
        route.addTarget("http://127.0.0.1:1", new Both()).circuitChanged("open");
        TraceId trace = new TraceId("0af7651916cd43dd8448eb211c80319c");
        route.attempted("answered", 1, trace);
        route.retried("connect");
        route.rateLimited();
        route.authenticated("jwt", "accepted");
        route.headerValueRejected();
        route.grpcEnded(GrpcStatus.OK);
        route.externalAuthAnswered(1);
        route.tunnel().opened();
        route.tunnel().received(1);
        route.tunnel().ended("client");
        route.began();
        ExchangeContext context = new ExchangeContext(new TraceContext(trace, "b7ad6b7169203331", "01", null), route);
        context.failed(ErrorCode.RATE_LIMITED, "the budget is exhausted");
        route.ended(context, new ExchangeResult(429, 0, 0, 1));
    }

    /** Includes the metrics of the JVM. */
    public EveryMetric withRuntimeMetrics() {
        RuntimeMetrics.register(new MetricRegistry(), registry);
        return this;
    }

    /** Returns every metric in the order of their names. */
    public List<MetricSnapshot> snapshots() {
        return registry.scrape().stream().toList();
    }

    /** Returns the names that a query may use. */
    public Set<String> names() {
        return snapshots().stream().flatMap(EveryMetric::names).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> names(MetricSnapshot metric) {
        String name = metric.getMetadata().getPrometheusName();
        return switch (type(metric)) {
            case "counter" -> Stream.of(name + "_total");
            case "histogram" -> Stream.of(name + "_bucket", name + "_sum", name + "_count");
            case "summary" -> Stream.of(name, name + "_sum", name + "_count");
            case "info" -> Stream.of(name + "_info");
            default -> Stream.of(name);
        };
    }

    /** Returns the name in the exposition format. */
    static String name(MetricSnapshot metric) {
        String name = metric.getMetadata().getPrometheusName();
        return type(metric).equals("counter") ? name + "_total" : name;
    }

    /** Returns the type in the exposition format. */
    static String type(MetricSnapshot metric) {
        return metric.getClass().getSimpleName().replace("Snapshot", "").toLowerCase(Locale.ROOT);
    }

    private static final class Both implements TargetStatus {
        @Override
        public Optional<Boolean> circuitOpen() {
            return Optional.of(true);
        }

        @Override
        public Optional<Boolean> healthy() {
            return Optional.of(true);
        }
    }
}
