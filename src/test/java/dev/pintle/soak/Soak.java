package dev.pintle.soak;

import java.time.Duration;
import java.util.List;

/**
 * One gateway among upstreams that fail, with clients, streams, an operator who edits routes, and a PostgreSQL that comes and
 * goes; then a table of what clients heard and what the process holds. It ends with 1 when something was not as it must be.
 */
public final class Soak {
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration AT_REST = Duration.ofSeconds(40);

    private Soak() {}

    /**
     * Runs a soak.
     *
     * @param arguments how many seconds, 300 by default
     */
    public static void main(String[] arguments) {
        Duration time = Duration.ofSeconds(arguments.length == 0 ? 300 : Long.parseLong(arguments[0]));
        boolean well;
        try (DrillSite site = DrillSite.with("256m")) {
            well = run(site, time);
        }
        System.exit(well ? 0 : 1);
    }

    private static boolean run(DrillSite site, Duration time) {
        long pid = site.gateway().pid();
        EventCounter faults = new EventCounter();
        IdempotentWrites orders = new IdempotentWrites(site);
        List<Scenario> scenes = List.of(
                Scenarios.well(site),
                Scenarios.reads(site, faults),
                orders.scene(faults),
                Scenarios.fragile(site, faults),
                Scenarios.crowded(site, faults));
        Streams streams = site.keep(new Streams(site));
        RouteEditor operator = site.keep(new RouteEditor(site, faults));
        Waiting.pause(WARM_UP);
        ProcessStats early = ProcessStats.of(pid);
        Waiting.pause(time.minus(WARM_UP));
        ProcessStats late = ProcessStats.of(pid);
        scenes.forEach(Scenario::close);
        operator.close();
        Waiting.pause(AT_REST);
        ProcessStats atRest = ProcessStats.of(pid);

        TextTable table = new TextTable("a soak of " + time.toSeconds() + " s", "");
        table.row("faults injected", faults.toString());
        table.row(
                "requests",
                Long.toString(scenes.stream()
                        .mapToLong(scene -> scene.heard().requests())
                        .sum()));
        for (Scenario scene : scenes) {
            table.row("client errors, " + scene.what(), scene.told());
        }
        table.row("POSTs delivered twice", orders.twice() + " of " + orders.delivered() + " delivered");
        table.row("streams cut", streams.cut() + " of " + streams.all());
        table.row("highest RSS", late.peak() + " MiB");
        table.row("threads: early, at the end, at rest", early.threads(), late.threads(), atRest.threads());
        table.row(
                "connections: early, at the end, at rest",
                early.connections(),
                late.connections(),
                atRest.connections());
        table.print();
        return scenes.stream().allMatch(Scenario::isWell) && orders.twice() == 0 && streams.cut() == 0;
    }
}
