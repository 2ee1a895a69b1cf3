package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDataDirectory;
import dev.pintle.testing.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The process of the gateway is frozen for longer than all timeouts of a route, and continues. */
class FrozenGatewayTest {
    private static final Duration FROZEN = Duration.ofSeconds(4);
    private static final String IMPATIENT =
            ", \"timeout\": {\"connect\": \"1s\", \"attempt\": \"2s\", \"total\": \"3s\", \"idle\": \"2s\"},"
                    + " \"retry\": {\"max\": 0}, \"circuitBreaker\": {\"consecutiveFailures\": 1}";

    @Test
    void requestsInFlightAreAnsweredAndNoCircuitOpens() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.that(connection -> {
                    while (connection.request() != null) {
                        await().until(() -> answer.getCount() == 0);
                        connection.answer(200, "hello");
                    }
                });
                GatewayProcess gateway = GatewayProcess.start(
                        GatewayProcess.shortLived("256m"),
                        TestDataDirectory.create(),
                        Map.of("DATABASE_URL", TestPostgres.migratedDatabase().url()));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            gateway.route("x", "/x", IMPATIENT, upstream);
            List<Future<String>> answers = IntStream.range(0, 20)
                    .mapToObj(i -> clients.submit(() -> gateway.get("/x").body()))
                    .toList();
            await().until(() -> upstream.requests().size() == answers.size());
            gateway.freeze();
            await().pollDelay(FROZEN).until(() -> true);
            answer.countDown();
            gateway.thaw();
            assertThat(answers).extracting(Future::get).containsOnly("hello");
            assertThat(gateway.get("/__circuit").body()).contains("\"state\":\"closed\"");
        }
    }
}
