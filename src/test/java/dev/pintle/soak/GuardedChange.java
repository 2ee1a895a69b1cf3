package dev.pintle.soak;

import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestRoutes;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A change with bounds breaks its upstream at 500 requests/s over three nodes: once while PostgreSQL is available, and once while
 * it is silent from the commit on.
 */
final class GuardedChange implements Drill {
    private static final double PER_SECOND = 500;
    private static final int CLIENTS = 48;
    private static final String BOUNDS = "; errors=2%; atLeast=50";

    @Override
    public Figure run() throws Exception {
        try (DrillSite site = DrillSite.with("128m")) {
            List<GatewayProcess> nodes =
                    List.of(site.gateway(), site.anotherNode(Map.of()), site.anotherNode(Map.of()));
            RawUpstream well = site.healthy("hello");
            RawUpstream broken = site.upstream(RawUpstream.answers(500, "broken"));
            site.gateway().route("x", "/x", "", well);
            nodes.forEach(node -> Waiting.await("the route", () -> status(node) == 200));
            AtomicInteger turn = new AtomicInteger();
            try (Load load = Load.of(
                    PER_SECOND,
                    CLIENTS,
                    () -> ClientRequest.get(
                            nodes.get(turn.getAndIncrement() % nodes.size()).port(), "/x", "hello"))) {
                load.measure(Duration.ofSeconds(5));
                ClientResults available = load.resetCounts();
                String first = change(nodes, broken, "2m", () -> {});
                nodes.forEach(node -> Waiting.await("the revert", () -> isReverted(node, 2)));
                long failed = available.failed();
                load.measure(Duration.ofSeconds(5));
                String second = change(nodes, broken, "20s", site.postgres()::stall);
                site.postgres().heal();
                nodes.forEach(node -> Waiting.await("one history", () -> isReverted(node, 4)));
                return new Figure(
                        "an unconfirmed change with bounds breaks its upstream at 500 requests/s, 3 nodes; then the same"
                                + " with PostgreSQL silent from the commit on",
                        "back within 20 s; on every node at the deadline at the latest, and one history",
                        "back after " + first + " s with " + failed + " failed requests; after " + second
                                + " s without PostgreSQL; one revert each");
            }
        }
    }

    /** Returns the seconds until each node is back. */
    private static String change(List<GatewayProcess> nodes, RawUpstream broken, String deadline, Runnable fault) {
        long start = System.nanoTime();
        HttpResponse<String> written = nodes.getFirst()
                .confirmable(deadline + BOUNDS, "/api/v1/routes/x?wait=applied", TestRoutes.json("/x", "", broken));
        if (written.statusCode() != 202) {
            throw new IllegalStateException(written.body());
        }
        fault.run();
        List<String> seconds = new ArrayList<>();
        for (GatewayProcess node : nodes) {
            Waiting.await("the way back", () -> status(node) == 200);
            seconds.add("%.1f".formatted((System.nanoTime() - start) / 1e9));
        }
        return String.join(", ", seconds);
    }

    /** The latest revision reverts a change because of its errors, before its deadline or without PostgreSQL. */
    private static boolean isReverted(GatewayProcess node, int change) {
        String latest = node.admin("GET", "/api/v1/revisions?limit=1", "").body();
        return latest.contains("\"cause\":\"auto-revert\",\"causeRevision\":" + change) && latest.contains("errors=2%");
    }

    private static int status(GatewayProcess node) {
        return node.get("/x").statusCode();
    }
}
