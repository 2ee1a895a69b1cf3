package dev.pintle.routing.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Headers;
import dev.pintle.routing.Route;
import dev.pintle.testing.Exchanges;
import java.util.Objects;
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

/**
 * The cost of the chain of a route without its upstream: the default policies alone, then with a circuit breaker and
 * limits.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChainBench {
    private static final FinalResponse ANSWER =
            new FinalResponse(200, Headers.of("Content-Type", "application/json", "Content-Length", "0"), Body.EMPTY);

    private final ActiveRouteTable active = Tables.active((target, exchange, timeouts) -> ANSWER);
    private final Route plain = route("{}");
    private final Route full = route("""
            {"circuitBreaker": {}, "concurrency": {"maxInFlight": 100}, "maxRequestBody": "1MiB",
             "rateLimits": [{"requests": 1000000, "per": "1s", "key": "client"}]}""");

    private Route route(String further) {
        ObjectNode document = Tables.document("all", "\"path\": \"/\"");
        document.setAll(Tables.json(further));
        active.publish(Tables.configuration(1, "{}", document), ConfigurationSource.DATABASE);
        return Objects.requireNonNull(active.current().route("all"));
    }

    @Benchmark
    public GatewayResponse defaults() {
        return plain.handler().handle(exchange());
    }

    @Benchmark
    public GatewayResponse everything() {
        return full.handler().handle(exchange());
    }

    /** Part of each figure, because an exchange passes a chain only once. */
    @Benchmark
    public Exchange exchange() {
        return Exchanges.get("/users/1");
    }
}
