package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestRoutes;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three targets restart one after the other, gracefully, while clients read and write. */
class RollingRestartTest {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 3;
    private static final int BETWEEN = 200;

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    @Test
    void noClientSeesAFailure() {
        TestGateway gateway = fixture.keep(TestGateway.start());
        List<Restarting> targets = List.of(new Restarting(), new Restarting(), new Restarting());
        String route = TestRoutes.json(
                "/orders", "", targets.stream().map(target -> target.raw).toArray(RawUpstream[]::new));
        assertThat(gateway.admin("PUT", "/api/v1/routes/orders", route).statusCode())
                .isEqualTo(201);
        List<Future<?>> asking = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                asking.add(clients.submit(() -> ask(gateway)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                targets.forEach(this::restart);
            }
            over.set(true);
        }
        assertThat(asking).allSatisfy(Future::get);
        assertThat(errors).isEmpty();
        assertThat(targets)
                .flatExtracting(target -> target.raw.requests())
                .extracting(RawUpstream.Request::body)
                .filteredOn(body -> !body.isEmpty())
                .doesNotHaveDuplicates();
    }

    private void restart(Restarting target) {
        awaitResponses();
        target.stop();
        awaitResponses();
        target.raw.listenAgain();
    }

    private void ask(TestGateway gateway) {
        URI uri = URI.create(gateway.url() + "/orders");
        while (!over.get()) {
            int number = asked.incrementAndGet();
            HttpRequest.Builder request = HttpRequest.newBuilder(uri);
            HttpRequest order = number % 2 == 0
                    ? request.POST(BodyPublishers.ofString("order " + number)).build()
                    : request.build();
            int status = TestGateway.send(order).statusCode();
            if (status != 200) {
                errors.add(order.method() + ": " + status);
            }
        }
    }

    private void awaitResponses() {
        int until = asked.get() + BETWEEN;
        await().until(() -> asked.get() >= until);
    }

    /** Stops accepting, closes every connection gracefully, and stops when all are closed. */
    private final class Restarting {
        private volatile boolean leaving;
        private final RawUpstream raw = fixture.upstream(connection -> {
            while (connection.request() != null) {
                boolean last = leaving;
                connection.answer(200, last ? "Connection: close" : "X-Stays: yes", "taken");
                if (last) {
                    return;
                }
            }
        });

        void stop() {
            raw.stopListening();
            leaving = true;
            await().until(() -> raw.open() == 0);
            leaving = false;
        }
    }
}
