package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.http.ExchangeException;
import dev.pintle.testing.Exchanges;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Targets stop and restart under load, one after the other. */
class FlappingUpstreamTest {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 5;
    private static final int BETWEEN = 200;

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void noReadFails() throws Exception {
        List<RawUpstream> targets = List.of(healthy(), healthy(), healthy());
        TestRoute route = fixture.route(targets.toArray(RawUpstream[]::new));
        assertThat(failuresWhileTargetsRestart(targets, () -> read(route))).isEmpty();
    }

    @Test
    void noWriteIsDeliveredTwice() throws Exception {
        List<RawUpstream> targets = List.of(healthy(), healthy(), healthy());
        TestRoute route = fixture.route(targets.toArray(RawUpstream[]::new));
        AtomicInteger number = new AtomicInteger();
        failuresWhileTargetsRestart(targets, () -> write(route, "order " + number.incrementAndGet()));
        assertThat(targets.stream().flatMap(target -> target.requests().stream()))
                .extracting(RawUpstream.Request::body)
                .doesNotHaveDuplicates();
    }

    /** Returns the failed responses to clients while the targets stop and restart. */
    private List<String> failuresWhileTargetsRestart(List<RawUpstream> targets, Supplier<String> ask) throws Exception {
        List<Future<List<String>>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> requestUntilTheEnd(ask)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (RawUpstream target : targets) {
                    awaitResponses();
                    target.shutDown();
                    awaitResponses();
                    target.listenAgain();
                }
            }
            over.set(true);
        }
        return clients.stream().flatMap(client -> client.resultNow().stream()).toList();
    }

    private List<String> requestUntilTheEnd(Supplier<String> ask) {
        List<String> errors = new ArrayList<>();
        while (!over.get()) {
            String received = ask.get();
            answers.incrementAndGet();
            if (!received.equals("200")) {
                errors.add(received);
            }
        }
        return errors;
    }

    private void awaitResponses() {
        int until = answers.get() + BETWEEN;
        Awaitility.with().pollInterval(Duration.ofMillis(5)).await().until(() -> answers.get() >= until);
    }

    private static String read(TestRoute route) {
        return received(() -> Exchanges.finish(route.handle(Exchanges.get("/orders"))));
    }

    private static String write(TestRoute route, String order) {
        return received(() -> Exchanges.finish(route.handle(Exchanges.of("POST", "/orders", order))));
    }

    private static String received(IntSupplier status) {
        try {
            return Integer.toString(status.getAsInt());
        } catch (ExchangeException e) {
            return e.sentence();
        }
    }

    private RawUpstream healthy() {
        return fixture.upstream(RawUpstream.answers(200, "ok"));
    }
}
