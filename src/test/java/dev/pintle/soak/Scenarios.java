package dev.pintle.soak;

import dev.pintle.testing.RawUpstream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** The routes with reads in a soak. */
final class Scenarios {
    private static final RawUpstream.Conduct WELL = RawUpstream.answers(200, "ok");

    private Scenarios() {}

    /** A route without faults, which faults of other routes must not affect. */
    static Scenario healthy(DrillSite site) {
        site.route("well", "/well", "", site.upstream(WELL));
        return Scenario.of("GET, one healthy target", Set.of(), load(site, "/well", 100, 16));
    }

    /**
     * Two of three targets are healthy, which suffices while the retry budget of 30 lasts: one second of silence delays
     * a third of its requests, and the gateway retries all of them at once.
     */
    static Scenario reads(DrillSite site, EventCounter faults) {
        List<RawUpstream> targets =
                Stream.generate(() -> site.upstream(WELL)).limit(3).toList();
        site.route(
                "reads",
                "/reads",
                ", \"timeout\": {\"attempt\": \"2s\"}, \"circuitBreaker\": {\"cooldown\": \"500ms\"}",
                targets.toArray(RawUpstream[]::new));
        return Scenario.of(
                "GET, one of three targets fails before it responds",
                Set.of(),
                load(site, "/reads", 60, 100),
                new TargetFailures(targets, WELL, TargetFailures.BEFORE_THE_HEAD, faults));
    }

    /** A route with a single target that fails in every way. */
    static Scenario failing(DrillSite site, EventCounter faults) {
        RawUpstream target = site.upstream(WELL);
        site.route("fragile", "/fragile", ", \"timeout\": {\"attempt\": \"300ms\", \"idle\": \"300ms\"}", target);
        Map<String, RawUpstream.Conduct> all = new HashMap<>(TargetFailures.BEFORE_THE_HEAD);
        all.putAll(TargetFailures.AFTER_THE_HEAD);
        return Scenario.of(
                "GET, the only target fails in every way",
                Set.of(
                        "502 upstream-unreachable",
                        "502 upstream-reset",
                        "504 upstream-timeout",
                        "503",
                        "cut-off response",
                        "closed without a response"),
                load(site, "/fragile", 20, 100),
                new TargetFailures(List.of(target), WELL, all, faults));
    }

    /** A route with ten times the load that its target can serve. */
    static Scenario overloaded(DrillSite site, EventCounter faults) {
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
        site.route("crowded", "/crowded", ", \"concurrency\": {\"maxInFlight\": 2}", slow);
        faults.add("ten times the load");
        return Scenario.of(
                "GET, ten times what the target can serve", Set.of("503 overloaded"), load(site, "/crowded", 200, 32));
    }

    private static Load load(DrillSite site, String path, double perSecond, int clients) {
        return Load.of(perSecond, clients, () -> site.get(path, "ok"));
    }
}
