package dev.pintle.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDataDirectory;
import dev.pintle.testing.TestPostgres;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two hooks stopped the server on SIGTERM, and the second closed it during requests. */
class SigtermTest {
    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    private final CountDownLatch answer = new CountDownLatch(1);

    @Test
    void aTerminatedProcessCompletesItsRequests() throws Exception {
        RawUpstream slow = fixture.upstream(connection -> {
            connection.request();
            waitFor(answer);
            connection.answer(200, "finished");
        });
        GatewayProcess gateway = fixture.keep(GatewayProcess.start(
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
                TestDataDirectory.create(),
                Map.of("DATABASE_URL", TestPostgres.migratedDatabase().url())));
        gateway.route("slow", "/slow", "", slow);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> received = clients.submit(() -> gateway.get("/slow").body());
            await().until(() -> slow.requests().size() == 1);
            gateway.terminate();
            await().until(() -> RawClient.isRefused(gateway.port()));
            answer.countDown();
            assertThat(received.get()).isEqualTo("finished");
            assertThat(gateway.stop()).isEqualTo(143);
        }
    }

    private static void waitFor(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
