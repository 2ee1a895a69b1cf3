package dev.pintle.soak;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** HTTP/1.1 clients disconnect while the upstream is silent. */
final class DepartedClients implements Drill {
    private static final int CLIENTS = 1_000;
    private static final int TRIES = 20;
    private static final String ROUTE =
            ", \"timeout\": {\"attempt\": \"60s\", \"total\": \"90s\"}, \"concurrency\": {\"maxInFlight\": 1000}";

    @Override
    public Figure run() {
        try (DrillSite site = DrillSite.with("256m")) {
            RawUpstream silent = site.upstream(RawUpstream.neverResponds());
            site.gateway().route("silent", "/silent", ROUTE, silent);
            long slowest = 0;
            for (int i = 0; i < TRIES; i++) {
                slowest = Math.max(slowest, millisToNotice(site, silent));
            }
            leaveTogether(site, silent);
            return new Figure(
                    "a client leaves while its upstream is silent, %d times; then %,d at once"
                            .formatted(TRIES, CLIENTS),
                    "noticed within 1 s; nothing is left behind",
                    "noticed within %d ms; %s".formatted(slowest, leftBehind(site, silent)));
        }
    }

    /** Returns the time from the end of a client to that of its upstream connection. */
    @SuppressWarnings("try") // The client disconnects before the end of the block.
    private static long millisToNotice(DrillSite site, RawUpstream silent) {
        try (RawClient client = waiting(site)) {
            Waiting.await("the upstream has the request", () -> silent.open() == 1);
            client.close();
            long start = System.nanoTime();
            Waiting.await("the upstream connection ends", () -> silent.open() == 0);
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        }
    }

    private static void leaveTogether(DrillSite site, RawUpstream silent) {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(waiting(site));
        }
        Waiting.await("all requests arrive", () -> silent.open() == CLIENTS);
        clients.forEach(RawClient::close);
        Waiting.await("all upstream connections end", () -> silent.open() == 0);
        Waiting.await("all requests end", () -> metric(site, "gateway_requests_in_flight") == 0);
    }

    private static RawClient waiting(DrillSite site) {
        return site.gateway().connect().send("GET /silent HTTP/1.1\r\nHost: h\r\n\r\n");
    }

    private static String leftBehind(DrillSite site, RawUpstream silent) {
        return "left: %d upstream connections, %.0f in flight, %s; %.0f × 499"
                .formatted(
                        silent.open(),
                        metric(site, "gateway_requests_in_flight"),
                        permits(site),
                        metric(site, "gateway_requests_total"));
    }

    private static String permits(DrillSite site) {
        return site.gateway().get("/__limits").body().contains("\"inUse\":0") ? "no permits" : "permits";
    }

    private static double metric(DrillSite site, String name) {
        return site.gateway()
                .get("/__metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{route=\"silent\"") || line.startsWith(name + "{code"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
