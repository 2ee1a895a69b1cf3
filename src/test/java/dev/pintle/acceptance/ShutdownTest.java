package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that stops says so first, and finishes what it began. */
class ShutdownTest {
    private static final int ON_THEIR_WAY = 50;

    @RegisterExtension
    final GatewayExtension stage = new GatewayExtension();

    private final CountDownLatch answer = new CountDownLatch(1);
    private final RawUpstream slow = stage.upstream(connection -> {
        while (connection.request() != null) {
            waitFor(answer);
            connection.answer(200, "finished");
        }
    });

    @Test
    void requestsOnTheirWayAreFinished() throws Exception {
        TestGateway gateway = stage.keep(TestGateway.start());
        gateway.route("slow", "/slow", slow.url());
        int port = gateway.port();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = IntStream.range(0, ON_THEIR_WAY)
                    .mapToObj(i -> clients.submit(() -> gateway.get("/slow").body()))
                    .toList();
            await().until(() -> slow.requests().size() == ON_THEIR_WAY);
            Future<?> stopping = clients.submit(gateway::stop);
            await().until(() -> RawClient.isRefused(port));
            answer.countDown();
            stopping.get();
            assertThat(answers).extracting(Future::get).containsOnly("finished");
        }
    }

    @Test
    void whileLoadBalancersHearThatItIsNotReadyItServesOn() throws Exception {
        TestGateway gateway = stage.keep(TestGateway.start("shutdownDelay=3s"));
        RawUpstream well = stage.upstream(RawUpstream.answers(200, "well"));
        gateway.route("well", "/well", well.url());
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> stopping = clients.submit(gateway::stop);
            await().until(() -> gateway.get("/__ready").statusCode() == 503);
            assertThat(gateway.get("/well").body()).isEqualTo("well");
            stopping.get();
        }
    }

    @Test
    void aStreamThatDoesNotEndIsCutAfterTheGracePeriod() throws Exception {
        TestGateway gateway = stage.keep(TestGateway.start("server.shutdownGracePeriod=300ms"));
        gateway.route("slow", "/slow", slow.url());
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> cut = clients.submit(() -> {
                try (RawClient client = gateway.connect()) {
                    return client.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n").rest();
                }
            });
            await().until(() -> slow.requests().size() == 1);
            var _ = clients.submit(gateway::stop);
            assertThat(cut.get()).doesNotContain("HTTP/1.1 200");
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
