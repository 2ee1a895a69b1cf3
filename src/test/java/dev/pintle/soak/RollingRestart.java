package dev.pintle.soak;

import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.TalkingWebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Two nodes restart one after the other behind a load balancer that checks their readiness twenty times per second. */
final class RollingRestart implements Drill {
    private static final Map<String, String> DELAY = Map.of("SHUTDOWN_DELAY", "1s");
    private static final int WEBSOCKETS = 1_000;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Override
    public Figure run() {
        try (DrillSite site = DrillSite.with("256m", DELAY)) {
            NodeBalancer balancer = site.keep(new NodeBalancer(site.gateway(), site.anotherNode(DELAY)));
            EventCounter upstreamEnds = new EventCounter();
            site.gateway().route("one", "/one", "", site.healthy("one"));
            site.gateway().route("ws", "/ws", "", site.upstream(TalkingWebSocket.echo(upstreamEnds::add)));
            try (Load load = Load.of(500, 16, () -> ClientRequest.get(balancer.port(), "/one", "one"))) {
                load.measure(Duration.ofSeconds(10));
                ClientResults during = load.resetCounts();
                EventCounter ends = new EventCounter();
                for (int node = 0; node < 2; node++) {
                    stop(balancer.node(node), ends);
                    Waiting.pause(Duration.ofSeconds(1));
                    balancer.replace(node, site.anotherNode(DELAY));
                    Waiting.pause(Duration.ofSeconds(2));
                }
                Waiting.await("10,000 requests", () -> during.requests() >= 10_000);
                load.resetCounts();
                return new Figure(
                        "rolling restart of two nodes under 500 requests/s and with 1,000 talking WebSockets each, SHUTDOWN_DELAY=1s",
                        "0 failed of 10,000; both sides of each WebSocket receive Close 1001 and no cut frame",
                        "%s; ends at clients: %s, at the upstream: %s"
                                .formatted(during.failures(), ends, upstreamEnds));
            }
        }
    }

    /** Stops a node while WebSockets talk through it, each once per second. */
    private static void stop(GatewayProcess node, EventCounter ends) {
        AtomicInteger talking = new AtomicInteger();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < WEBSOCKETS; i++) {
                clients.execute(() -> {
                    try (RawClient client = node.connect()) {
                        ends.add(TalkingWebSocket.talk(client, "/ws", PAUSE, talking::incrementAndGet));
                    }
                });
            }
            Waiting.await("frames of each WebSocket", () -> talking.get() >= 2 * WEBSOCKETS);
            node.stop();
        }
    }
}
