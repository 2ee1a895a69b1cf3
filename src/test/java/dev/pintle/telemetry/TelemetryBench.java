package dev.pintle.telemetry;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.TraceContext;
import dev.pintle.http.TraceId;
import dev.pintle.testing.Exchanges;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of metrics, the trace and the access log line of one exchange, without output. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TelemetryBench {
    private static final Instant END = Instant.parse("2026-11-25T21:03:58.123Z");
    private static final ExchangeResult OUTCOME = new ExchangeResult(200, 0, 512, 1_234_567);

    private final TraceContextExtractor traceIds = new TraceContextExtractor(new Random(1));
    private final RouteMetrics route = new Metrics(new PrometheusRegistry()).route("users");
    private final AccessLogFormatter line = new JsonAccessLogFormatter(
            new LogRedaction(AccessLogConfiguration.ClientAddressPart.ADDRESS, Set.of(), new SecretParameters()));
    private final Exchange exchange = Exchanges.get("/users/1");
    private final TraceId trace = exchange.context().trace().id();

    @Benchmark
    public TraceContext traceId() {
        return traceIds.of(null, null);
    }

    @Benchmark
    public RouteMetrics metrics() {
        route.began();
        route.attempted("answered", 1_000_000, trace);
        route.ended(exchange.context(), OUTCOME);
        return route;
    }

    @Benchmark
    public String accessLogLine() {
        return line.of(exchange, OUTCOME, END);
    }
}
