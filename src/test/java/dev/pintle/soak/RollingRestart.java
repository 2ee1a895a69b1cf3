package dev.pintle.soak;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.WebSockets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Two nodes restart one after the other behind a load balancer that checks their readiness twenty times per second. */
final class RollingRestart implements Drill {
    private static final Map<String, String> DELAY = Map.of("SHUTDOWN_DELAY", "1s");
    private static final int WEBSOCKETS = 200;

    @Override
    public Figure run() {
        try (DrillSite site = DrillSite.with("256m", DELAY)) {
            NodeBalancer balancer = site.keep(new NodeBalancer(site.gateway(), site.anotherNode(DELAY)));
            site.gateway().route("one", "/one", "", site.healthy("one"));
            site.gateway().route("ws", "/ws", "", site.upstream(WebSockets.echoes()));
            try (Load load = Load.of(500, 16, () -> ClientRequest.get(balancer.port(), "/one", "one"))) {
                load.measure(Duration.ofSeconds(10));
                ClientResults during = load.resetCounts();
                long warned = 0;
                for (int node = 0; node < 2; node++) {
                    List<RawClient> webSockets = ManyTunnels.open(WEBSOCKETS, balancer.node(node));
                    balancer.node(node).stop();
                    warned += webSockets.stream()
                            .filter(client -> client.rest().equals(WebSockets.GOING_AWAY))
                            .count();
                    webSockets.forEach(RawClient::close);
                    Waiting.pause(Duration.ofSeconds(1));
                    balancer.replace(node, site.anotherNode(DELAY));
                    Waiting.pause(Duration.ofSeconds(2));
                }
                Waiting.await("10,000 requests", () -> during.requests() >= 10_000);
                load.resetCounts();
                return new Figure(
                        "rolling restart of two nodes under 500 requests/s and with 200 WebSockets each, SHUTDOWN_DELAY=1s",
                        "0 failed of 10,000; each WebSocket receives Close 1001",
                        "%s; %d of %d received Close 1001".formatted(during.failures(), warned, 2 * WEBSOCKETS));
            }
        }
    }
}
