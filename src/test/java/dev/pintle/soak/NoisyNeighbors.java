package dev.pintle.soak;

import dev.pintle.testing.RawUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Routes with all kinds of failing upstreams next to a healthy one. */
final class NoisyNeighbors implements Drill {
    private static final Duration TIME = Duration.ofSeconds(30);

    @Override
    public Figure run() {
        try (DrillSite site = DrillSite.with("256m")) {
            RawUpstream dead = site.healthy("never");
            dead.shutDown();
            Map<String, RawUpstream> neighbours = Map.of(
                    "refuses", dead,
                    "resets", site.upstream(RawUpstream.resetsBeforeHead()),
                    "silent", site.upstream(RawUpstream.neverResponds()),
                    "cuts", site.upstream(RawUpstream.resetsAfterHead()),
                    "garbage", site.upstream(RawUpstream.answersGarbage()),
                    "slow", site.upstream(RawUpstream.respondsSlowly(Duration.ofSeconds(1))));
            neighbours.forEach((id, upstream) -> site.gateway().route(id, "/" + id, "", upstream));
            site.gateway().route("well", "/well", "", site.healthy("well"));
            try (Load load = Load.of(200, 16, () -> site.get("/well", "well"))) {
                load.measure(Duration.ofSeconds(10));
                ClientResults alone = load.measure(TIME);
                List<Load> others = new ArrayList<>();
                neighbours.keySet().forEach(id -> others.add(Load.of(10, 50, () -> site.get("/" + id, null))));
                ClientResults beside = load.measure(TIME);
                load.resetCounts();
                others.forEach(Load::close);
                return new Figure(
                        "six routes of 10 requests/s whose upstreams refuse, reset, are silent, cut "
                                + "off, respond with garbage, are slow",
                        "a healthy route 0 failed, p99 + < 20 %",
                        "%s; p99 %.1f ms, %.1f ms without the others"
                                .formatted(beside.failures(), beside.p99(), alone.p99()));
            }
        }
    }
}
