package dev.pintle.soak;

import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PostgreSQL becomes silent right after a change that breaks its upstream and that no operator confirms. */
final class UnconfirmedChange implements Drill {
    @Override
    public Figure run() {
        try (DrillSite site = DrillSite.with("128m")) {
            List<GatewayProcess> nodes =
                    List.of(site.gateway(), site.anotherNode(Map.of()), site.anotherNode(Map.of()));
            RawUpstream well = site.healthy("hello");
            RawUpstream broken = site.upstream(RawUpstream.answers(500, "broken"));
            site.gateway().route("x", "/x", "", well);
            nodes.forEach(node -> Waiting.await("the route", () -> status(node) == 200));

            long start = System.nanoTime();
            site.gateway().confirmable("10s", "/api/v1/routes/x", TestRoutes.json("/x", "", broken));
            nodes.forEach(node -> Waiting.await("the change", () -> status(node) == 500));
            site.postgres().stall();
            List<String> seconds = new ArrayList<>();
            for (GatewayProcess node : nodes) {
                Waiting.await("the way back", () -> status(node) == 200);
                seconds.add("%.1f".formatted((System.nanoTime() - start) / 1e9));
            }
            site.postgres().heal();
            nodes.forEach(node -> Waiting.await(
                    "the history",
                    () -> node.admin("GET", "/api/v1/revisions?limit=1", "")
                            .body()
                            .contains("\"cause\":\"auto-revert\",\"causeRevision\":2")));
            return new Figure(
                    "PostgreSQL silent right after an unconfirmed change (10 s) that breaks its upstream, 3 nodes",
                    "back within 20 s on every node, one revert in the history",
                    "back after " + String.join(", ", seconds) + " s; one revert");
        }
    }

    private static int status(GatewayProcess node) {
        return node.get("/x").statusCode();
    }
}
