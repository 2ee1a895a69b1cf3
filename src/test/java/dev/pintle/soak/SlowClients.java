package dev.pintle.soak;

import dev.pintle.testing.RawUpstream;
import java.time.Duration;

/** Thousands of idle or slow clients next to some healthy ones. */
final class SlowClients implements Drill {
    private static final Duration TIME = Duration.ofSeconds(40);

    @Override
    public Figure run() {
        try (DrillSite site = DrillSite.with("2g")) {
            site.gateway().route("well", "/well", "", site.healthy("well"));
            site.gateway().route("slow", "/slow", "", site.upstream(RawUpstream.neverResponds()));
            try (Load load = Load.of(200, 4, () -> site.get("/well", "well"))) {
                String silent = beside(load, site, 10_000, "", "");
                String heads = beside(load, site, 10_000, "GET /slow HTTP/1.1\r\nHost: h\r\nX: ", "x");
                String bodies = beside(
                        load, site, 8_000, "POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 99999\r\n\r\n", "x");
                return new Figure(
                        "during 200 requests/s, 10,000 idle clients, then 10,000 with slow heads, "
                                + "then 8,000 with slow bodies, 900 per second each; heap 2 GiB",
                        "0 failed, p99 < 2 ×, slow clients closed in 60 s, memory bounded",
                        "silent: " + silent + "; heads: " + heads + "; bodies: " + bodies);
            }
        }
    }

    private static String beside(Load load, DrillSite site, int many, String beginning, String word) {
        long pid = site.gateway().pid();
        // The previous clients, if any, have all disconnected.
        load.measure(Duration.ofSeconds(10));
        ClientResults before = load.measure(Duration.ofSeconds(15));
        long rss = ProcessStats.of(pid).rss();
        ProcessStats.resetPeak(pid);
        try (SlowClientCrowd crowd = new SlowClientCrowd(site.gateway().port(), word)) {
            ClientResults coming = load.resetCounts();
            crowd.connect(many, beginning);
            ClientResults there = load.measure(TIME);
            return "%s and %s; p99 %.1f ms before, %.1f at the connects, %.1f then; RSS + %d MiB; %d open after %d s"
                    .formatted(
                            coming.failures(),
                            there.failures(),
                            before.p99(),
                            coming.p99(),
                            there.p99(),
                            ProcessStats.of(pid).peak() - rss,
                            crowd.connected(),
                            TIME.toSeconds());
        }
    }
}
