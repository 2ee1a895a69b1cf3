package dev.pintle.telemetry.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeRecorder;
import dev.pintle.http.ExchangeResult;
import dev.pintle.telemetry.Tracing;
import dev.pintle.telemetry.TracingConfiguration;
import dev.pintle.testing.Exchanges;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of an exchange with one attempt in a recorded trace, in an unrecorded one, and without tracing. No collector
 * receives the spans.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OtlpTracingBench {
    private static final ExchangeResult OUTCOME = new ExchangeResult(200, 0, 512, 1_234_567);

    @Param({"off", "0", "1"})
    String ratio;

    private final Exchange exchange = Exchanges.get("/users/1");
    private Tracing tracing = Tracing.OFF;

    @Setup
    public void open() throws JsonProcessingException {
        exchange.context().routed("users", "/users", exchange.context().meter());
        if (!ratio.equals("off")) {
            TracingConfiguration configuration = new ObjectMapper()
                    .readValue(
                            "{\"endpoint\": \"http://127.0.0.1:9\", \"ratio\": " + ratio + '}',
                            TracingConfiguration.class);
            tracing = OtlpTracing.open(configuration);
        }
    }

    @TearDown
    public void close() {
        tracing.close();
    }

    @Benchmark
    public Exchange exchange() {
        ExchangeRecorder recorder = tracing.begin(exchange.context().trace());
        ExchangeRecorder.AttemptRecorder attemptRecorder = recorder.attempt(exchange, "http://10.0.0.7:5001");
        Exchange carried = attemptRecorder.carried(exchange);
        attemptRecorder.ended(200, "answered");
        recorder.ended(exchange, OUTCOME);
        return carried;
    }
}
