package dev.pintle.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.TraceContext;
import dev.pintle.http.TraceId;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The series of a route start and end with the route. */
class RouteMetricsTest {
    private static final TraceId TRACE = new TraceId("0af7651916cd43dd8448eb211c80319c");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Metrics metrics = new Metrics(registry);

    private static void live(RouteMetrics route) {
        route.began();
        route.attempted("answered", 1, TRACE);
        route.retried("reset");
        route.ended(
                new ExchangeContext(new TraceContext(TRACE, "b7ad6b7169203331", "01", null), route),
                new ExchangeResult(200, 0, 0, 1));
    }

    private List<String> routes() {
        return registry.scrape().stream()
                .flatMap(metric -> metric.getDataPoints().stream())
                .map(DataPointSnapshot::getLabels)
                .filter(labels -> labels.contains("route"))
                .map(labels -> labels.get("route"))
                .distinct()
                .toList();
    }

    @Test
    void aRemovedRouteLeavesNoSeries() {
        live(metrics.route("gone"));
        live(metrics.route("here"));
        metrics.forget("gone");
        assertThat(routes()).containsExactly("here");
    }

    @Test
    void anExchangeThatEndsAfterItsRouteIsNotCounted() {
        RouteMetrics removed = metrics.route("gone");
        metrics.forget("gone");
        live(removed);
        removed.addTarget("http://127.0.0.1:1", null).remove();
        assertThat(routes()).isEmpty();
    }

    @Test
    void aRouteThatIsAddedAgainStartsAtZero() {
        live(metrics.route("back"));
        metrics.forget("back");
        live(metrics.route("back"));
        assertThat(routes()).containsExactly("back");
    }
}
