package dev.pintle.soak;

import dev.pintle.testing.RawUpstream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** The routes of a soak that are read from. */
final class Scenarios {
    private static final RawUpstream.Conduct WELL = RawUpstream.answers(200, "ok");

    private Scenarios() {}

    /** Nothing goes wrong here; what goes wrong elsewhere must not be felt. */
    static Scenario well(DrillSite site) {
        site.gateway().route("well", "/well", "", site.upstream(WELL));
        return Scenario.of("GET, one target that is well", Set.of(), load(site, "/well", 100, 16));
    }

    /**
     * Two of three targets are well, and that is enough, as long as the retry budget of 30 is: a second of silence holds up a
     * third of the requests of that second, and all of them are repeated at once.
     */
    static Scenario reads(DrillSite site, EventCounter faults) {
        List<RawUpstream> targets =
                Stream.generate(() -> site.upstream(WELL)).limit(3).toList();
        site.gateway()
                .route(
                        "reads",
                        "/reads",
                        ", \"timeout\": {\"attempt\": \"2s\"}, \"circuitBreaker\": {\"cooldown\": \"500ms\"}",
                        targets.toArray(RawUpstream[]::new));
        return Scenario.of(
                "GET, one of three targets fails before it answers",
                Set.of(),
                load(site, "/reads", 60, 100),
                new TargetFailures(targets, WELL, TargetFailures.BEFORE_THE_HEAD, faults));
    }

    /** There is one target, and it fails in every way. */
    static Scenario fragile(DrillSite site, EventCounter faults) {
        RawUpstream target = site.upstream(WELL);
        site.gateway()
                .route("fragile", "/fragile", ", \"timeout\": {\"attempt\": \"300ms\", \"idle\": \"300ms\"}", target);
        Map<String, RawUpstream.Conduct> all = new HashMap<>(TargetFailures.BEFORE_THE_HEAD);
        all.putAll(TargetFailures.AFTER_THE_HEAD);
        return Scenario.of(
                "GET, the only target fails in every way",
                Set.of(
                        "502 upstream-unreachable",
                        "502 upstream-reset",
                        "504 upstream-timeout",
                        "503",
                        "cut answer",
                        "closed without an answer"),
                load(site, "/fragile", 20, 100),
                new TargetFailures(List.of(target), WELL, all, faults));
    }

    /** Ten times as many ask as can be served. */
    static Scenario crowded(DrillSite site, EventCounter faults) {
        Semaphore workers = new Semaphore(2);
        RawUpstream slow = site.upstream(connection -> {
            while (connection.request() != null) {
                workers.acquireUninterruptibly();
                try {
                    Waiting.pause(Duration.ofMillis(100));
                } finally {
                    workers.release();
                }
                connection.answer(200, "ok");
            }
        });
        site.gateway().route("crowded", "/crowded", ", \"concurrency\": {\"maxInFlight\": 2}", slow);
        faults.add("ten times the load");
        return Scenario.of(
                "GET, ten times what the target can serve", Set.of("503 overloaded"), load(site, "/crowded", 200, 32));
    }

    private static Load load(DrillSite site, String path, double perSecond, int clients) {
        return Load.of(perSecond, clients, () -> site.get(path, "ok"));
    }
}
