package dev.pintle.soak;

import static dev.pintle.testing.WebSockets.echoes;
import static dev.pintle.testing.WebSockets.handshake;
import static dev.pintle.testing.WebSockets.maskedFrame;

import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Two thousand WebSockets during edits of their route, and the memory that they take. */
final class ManyTunnels implements Drill {
    private static final int TUNNELS = 2_000;
    private static final int EDITS = 200;

    @Override
    public Figure run() {
        try (DrillSite site = DrillSite.with("512m")) {
            RawUpstream sockets = site.upstream(echoes());
            RawUpstream requests = site.healthy("one");
            site.gateway().route("ws", "/ws", "", sockets);
            site.gateway().route("one", "/one", "", requests);
            try (Load load = Load.of(500, 16, () -> site.get("/one", "one"))) {
                ClientResults during = load.resetCounts();
                Waiting.pause(Duration.ofSeconds(5));
                double heapBefore = Heap.afterCollection(site.gateway().pid());
                long rssBefore = ProcessStats.of(site.gateway().pid()).rss();
                List<RawClient> clients = open(TUNNELS, site.gateway());
                Waiting.pause(Duration.ofSeconds(1));
                double heapAfter = Heap.afterCollection(site.gateway().pid());
                long rssAfter = ProcessStats.of(site.gateway().pid()).rss();
                for (int i = 0; i < EDITS; i++) {
                    site.gateway().route("ws", "/ws", ", \"maxTunnels\": " + (TUNNELS + i), sockets);
                }
                long cut = clients.stream().filter(ManyTunnels::isCut).count();
                clients.forEach(RawClient::close);
                return new Figure(
                        "2,000 WebSockets through 200 edits of their route under 500 requests/s",
                        "none cut, 0 failed requests; RSS a WebSocket ≤ 24 KiB",
                        ("%d cut; %s; RSS %d → %d MiB, heap after GC %.1f → %.1f MiB:"
                                        + " RSS %.1f KiB and heap %.1f KiB a WebSocket")
                                .formatted(
                                        cut,
                                        during.failures(),
                                        rssBefore,
                                        rssAfter,
                                        heapBefore,
                                        heapAfter,
                                        (rssAfter - rssBefore) * 1_024.0 / TUNNELS,
                                        (heapAfter - heapBefore) * 1_024 / TUNNELS));
            }
        }
    }

    /** Opens this many WebSockets of the route {@code /ws}. */
    static List<RawClient> open(int count, GatewayProcess node) {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawClient client = node.connect();
            client.send(handshake("/ws"));
            client.head();
            clients.add(client);
        }
        return clients;
    }

    private static boolean isCut(RawClient client) {
        String frame = maskedFrame("still here");
        return !client.sendIfOpen(frame).until("still here").equals(frame);
    }
}
