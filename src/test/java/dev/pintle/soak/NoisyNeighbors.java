package dev.pintle.soak;

import dev.pintle.testing.RawUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Routes whose upstreams fail in every way beside one whose upstream is well. */
final class NoisyNeighbors implements Drill {
    private static final Duration TIME = Duration.ofSeconds(30);

    @Override
    public Figure run() {
        try (DrillSite site = DrillSite.with("256m")) {
            RawUpstream dead = site.well("never");
            dead.goAway();
            Map<String, RawUpstream> neighbours = Map.of(
                    "refuses", dead,
                    "resets", site.upstream(RawUpstream.resetsBeforeHead()),
                    "silent", site.upstream(RawUpstream.neverAnswers()),
                    "cuts", site.upstream(RawUpstream.resetsAfterHead()),
                    "garbage", site.upstream(RawUpstream.answersGarbage()),
                    "drips", site.upstream(RawUpstream.drips(Duration.ofSeconds(1))));
            neighbours.forEach((id, upstream) -> site.gateway().route(id, "/" + id, "", upstream));
            site.gateway().route("well", "/well", "", site.well("well"));
            try (Load load = Load.of(200, 16, () -> site.get("/well", "well"))) {
                load.over(Duration.ofSeconds(10));
                ClientResults alone = load.over(TIME);
                List<Load> others = new ArrayList<>();
                neighbours.keySet().forEach(id -> others.add(Load.of(10, 50, () -> site.get("/" + id, null))));
                ClientResults beside = load.over(TIME);
                load.fromNow();
                others.forEach(Load::close);
                return new Figure(
                        "six routes of 10 requests/s whose upstreams refuse, reset, are silent, cut, talk garbage, drip",
                        "a healthy route 0 failed, p99 + < 20 %",
                        "%s; p99 %.1f ms, %.1f ms alone".formatted(beside.failures(), beside.p99(), alone.p99()));
            }
        }
    }
}
