package dev.pintle.soak;

import dev.pintle.testing.RawUpstream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A route with writes whose targets fail and close idle connections. Each order may be delivered at most once. */
final class IdempotentWrites {
    private final DrillSite site;
    private final EventCounter deliveries = new EventCounter();
    private final AtomicInteger number = new AtomicInteger();
    private final Random random = new Random(7);

    IdempotentWrites(DrillSite site) {
        this.site = site;
    }

    Scenario scenario(EventCounter faults) {
        List<RawUpstream> targets = Stream.generate(() -> site.keep(RawUpstream.seenBy(this::delivered, this::serve)))
                .limit(3)
                .toList();
        site.route(
                "orders",
                "/orders",
                ", \"timeout\": {\"attempt\": \"500ms\"}, \"circuitBreaker\": {\"cooldown\": \"500ms\"}",
                targets.toArray(RawUpstream[]::new));
        return Scenario.of(
                "POST, one of three targets fails before it responds",
                Set.of("502 upstream-reset", "504 upstream-timeout", "503"),
                Load.of(
                        50,
                        50,
                        () -> ClientRequest.post(site.next().port(), "/orders", "order " + number.incrementAndGet())),
                new TargetFailures(targets, this::serve, TargetFailures.BEFORE_THE_HEAD, faults));
    }

    private void delivered(RawUpstream.Request order) {
        deliveries.add(order.body());
    }

    /** Closes each connection after 1 to 20 orders. */
    private void serve(RawUpstream.Connection connection) throws IOException {
        for (int left = 1 + random.nextInt(20); left > 0 && connection.request() != null; left--) {
            connection.answer(200, "taken");
        }
    }

    long delivered() {
        return deliveries.count();
    }

    long deliveredTwice() {
        return deliveries.repeated();
    }
}
