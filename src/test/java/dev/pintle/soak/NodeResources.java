package dev.pintle.soak;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The resources of a node at one moment.
 *
 * @param heap live MiB after a garbage collection
 */
record NodeResources(double heap, ProcessStats process) {
    private static final String TIMES = "early, midway, at the end, at rest";

    static List<NodeResources> of(DrillSite site) {
        return site.nodes().stream()
                .map(node -> new NodeResources(Heap.afterCollection(node.pid()), ProcessStats.of(node.pid())))
                .toList();
    }

    /** @param samples in the order of {@link #TIMES} */
    static void print(int number, List<NodeResources> samples, TextTable table) {
        String node = "node " + number + ", ";
        table.row(node + "highest RSS", samples.getLast().process.peak() + " MiB");
        row(node + "heap after GC in MiB", samples, each -> String.format(Locale.ROOT, "%.1f", each.heap), table);
        row(node + "threads", samples, each -> Long.toString(each.process.threads()), table);
        row(node + "file descriptors", samples, each -> Long.toString(each.process.descriptors()), table);
        row(node + "connections", samples, each -> Long.toString(each.process.connections()), table);
    }

    private static void row(
            String what, List<NodeResources> samples, Function<NodeResources, String> value, TextTable table) {
        table.row(what + ": " + TIMES, samples.stream().map(value).collect(Collectors.joining(", ")));
    }
}
