package dev.pintle.soak;

import java.time.Duration;
import java.util.List;

/**
 * Runs three nodes with failing upstreams, clients, streams, an operator who edits routes, and an unreliable PostgreSQL.
 * Then it prints the results and the resources of each node. It exits with 1 on a violation.
 */
public final class Soak {
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration AT_REST = Duration.ofSeconds(40);
    private static final int NODES = 3;

    private Soak() {}

    /**
     * Runs a soak.
     *
     * @param arguments the duration in seconds, 300 by default
     */
    public static void main(String[] arguments) {
        Duration time = Duration.ofSeconds(arguments.length == 0 ? 300 : Long.parseLong(arguments[0]));
        boolean healthy;
        try (DrillSite site = DrillSite.with("256m").withMoreNodes(NODES - 1)) {
            healthy = run(site, time);
        }
        System.exit(healthy ? 0 : 1);
    }

    private static boolean run(DrillSite site, Duration time) {
        EventCounter faults = new EventCounter();
        IdempotentWrites orders = new IdempotentWrites(site);
        List<Scenario> scenarios = List.of(
                Scenarios.healthy(site),
                Scenarios.reads(site, faults),
                orders.scenario(faults),
                Scenarios.failing(site, faults),
                Scenarios.overloaded(site, faults));
        Streams streams = site.keep(new Streams(site));
        RouteEditor operator = site.keep(new RouteEditor(site, faults));
        Waiting.pause(WARM_UP);
        List<NodeResources> early = NodeResources.of(site);
        Duration half = time.minus(WARM_UP).dividedBy(2);
        Waiting.pause(half);
        List<NodeResources> midway = NodeResources.of(site);
        Waiting.pause(half);
        List<NodeResources> late = NodeResources.of(site);
        scenarios.forEach(Scenario::close);
        operator.close();
        Waiting.pause(AT_REST);
        List<NodeResources> atRest = NodeResources.of(site);

        TextTable table = new TextTable("a soak of " + time.toSeconds() + " s", "");
        table.row("faults injected", faults.toString());
        table.row(
                "requests",
                Long.toString(scenarios.stream()
                        .mapToLong(scenario -> scenario.received().requests())
                        .sum()));
        for (Scenario scenario : scenarios) {
            table.row("client errors, " + scenario.what(), scenario.summary());
        }
        table.row("POSTs delivered twice", orders.deliveredTwice() + " of " + orders.delivered() + " delivered");
        table.row("streams cut off", streams.cut() + " of " + streams.all());
        for (int node = 0; node < NODES; node++) {
            NodeResources.print(
                    node + 1, List.of(early.get(node), midway.get(node), late.get(node), atRest.get(node)), table);
        }
        table.print();
        return scenarios.stream().allMatch(Scenario::isPassed) && orders.deliveredTwice() == 0 && streams.cut() == 0;
    }
}
