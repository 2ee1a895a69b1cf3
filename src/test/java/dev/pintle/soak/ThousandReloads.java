package dev.pintle.soak;

import dev.pintle.testing.RawUpstream;
import java.time.Duration;

/** A thousand changes as fast as possible, and the resources of the process afterwards. */
final class ThousandReloads implements Drill {
    private static final int CHANGES = 1_000;

    @Override
    public Figure run() {
        try (DrillSite site = DrillSite.with("256m")) {
            var one = site.healthy("one");
            site.gateway().route("one", "/one", "", one);
            try (Load load = Load.of(300, 16, () -> site.get("/one", "one"))) {
                ClientResults during = load.resetCounts();
                change(site, one);
                ProcessStats before = ProcessStats.of(site.gateway().pid());
                double heapBefore = Heap.afterCollection(site.gateway().pid());
                change(site, one);
                ProcessStats after = ProcessStats.of(site.gateway().pid());
                double heapAfter = Heap.afterCollection(site.gateway().pid());
                return new Figure(
                        "1,000 reloads under 300 requests/s, after 1,000 to warm up",
                        "0 failed or misrouted; threads, connections, heap flat",
                        "%s; threads %d → %d, connections %d → %d, heap after GC %.1f → %.1f MiB"
                                .formatted(
                                        during.failures(),
                                        before.threads(),
                                        after.threads(),
                                        before.connections(),
                                        after.connections(),
                                        heapBefore,
                                        heapAfter));
            }
        }
    }

    private static void change(DrillSite site, RawUpstream upstream) {
        for (int i = 0; i < CHANGES; i++) {
            site.gateway().route("one", "/one", ", \"description\": \"change " + i + "\"", upstream);
        }
        Waiting.pause(Duration.ofSeconds(1));
    }
}
