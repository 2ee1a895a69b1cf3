package dev.pintle.soak;

import dev.pintle.testing.RawUpstream;
import java.time.Duration;

/** Thousands of clients at once that say nothing, or too slowly, beside some that are well. */
final class SlowClients implements Drill {
    private static final Duration TIME = Duration.ofSeconds(40);

    @Override
    public Figure run() {
        try (DrillSite site = DrillSite.with("2g")) {
            site.gateway().route("well", "/well", "", site.well("well"));
            site.gateway().route("slow", "/slow", "", site.upstream(RawUpstream.neverAnswers()));
            try (Load load = Load.of(200, 4, () -> site.get("/well", "well"))) {
                String silent = beside(load, site, 10_000, "", "");
                String heads = beside(load, site, 10_000, "GET /slow HTTP/1.1\r\nHost: h\r\nX: ", "x");
                String bodies = beside(
                        load, site, 8_000, "POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 99999\r\n\r\n", "x");
                return new Figure(
                        "beside 200 requests/s come 10,000 clients that say nothing, then 10,000 whose heads drip, then 8,000"
                                + " whose bodies drip, 900 a second each; heap 2 GiB",
                        "0 failed, p99 < 2 ×, those that drip closed in 60 s, memory bounded",
                        "silent: " + silent + "; heads: " + heads + "; bodies: " + bodies);
            }
        }
    }

    private static String beside(Load load, DrillSite site, int many, String beginning, String word) {
        long pid = site.gateway().pid();
        // The crowd before, if any, has gone all at once.
        load.over(Duration.ofSeconds(10));
        ClientResults before = load.over(Duration.ofSeconds(15));
        long rss = ProcessStats.of(pid).rss();
        ProcessStats.forgetPeak(pid);
        try (SlowClientCrowd crowd = new SlowClientCrowd(site.gateway().port(), word)) {
            ClientResults coming = load.fromNow();
            crowd.comes(many, beginning);
            ClientResults there = load.over(TIME);
            return "%s and %s; p99 %.1f ms before, %.1f while they come, %.1f then; RSS + %d MiB; %d there after %d s"
                    .formatted(
                            coming.failures(),
                            there.failures(),
                            before.p99(),
                            coming.p99(),
                            there.p99(),
                            ProcessStats.of(pid).peak() - rss,
                            crowd.there(),
                            TIME.toSeconds());
        }
    }
}
