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
    private static final int SETTLED_SECONDS = 10;
    private static final int MOST_SECONDS = 120;

    @Override
    public Figure run() {
        try (DrillSite site = DrillSite.with("512m")) {
            RawUpstream sockets = site.upstream(echoes());
            RawUpstream requests = site.healthy("one");
            site.gateway().route("ws", "/ws", "", sockets);
            site.gateway().route("one", "/one", "", requests);
            try (Load load = Load.of(500, 16, () -> site.get("/one", "one"))) {
                ClientResults during = load.resetCounts();
                long pid = site.gateway().pid();
                long rssBefore = settledRss(pid);
                double heapBefore = Heap.afterCollection(pid);
                List<RawClient> clients = open(TUNNELS, site.gateway());
                long rssAfter = settledRss(pid);
                double heapAfter = Heap.afterCollection(pid);
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

    /**
     * Returns the highest RSS of ten seconds in MiB, once it has grown no more for as long, or after two minutes. Before, the
     * requests beside the WebSockets would still touch pages of the heap for the first time.
     */
    private static long settledRss(long pid) {
        long highest = 0;
        int settled = 0;
        for (int seconds = 0; seconds < MOST_SECONDS && settled < SETTLED_SECONDS; seconds++) {
            Waiting.pause(Duration.ofSeconds(1));
            long now = ProcessStats.of(pid).rss();
            settled = now > highest ? 0 : settled + 1;
            highest = Math.max(highest, now);
        }
        return highest;
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
