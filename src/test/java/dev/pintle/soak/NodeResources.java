package dev.pintle.soak;

import java.util.List;
import java.util.Locale;

/**
 * The resources of a node at one moment.
 *
 * @param heap live MiB after a garbage collection
 */
record NodeResources(double heap, ProcessStats process) {
    static List<NodeResources> of(DrillSite site) {
        return site.nodes().stream()
                .map(node -> new NodeResources(Heap.afterCollection(node.pid()), ProcessStats.of(node.pid())))
                .toList();
    }

    static void print(int number, NodeResources early, NodeResources late, NodeResources atRest, TextTable table) {
        String node = "node " + number + ", ";
        table.row(node + "highest RSS", late.process.peak() + " MiB");
        table.row(
                node + "heap after GC: early, at the end, at rest",
                String.format(Locale.ROOT, "%.1f, %.1f, %.1f MiB", early.heap, late.heap, atRest.heap));
        table.row(
                node + "threads: early, at the end, at rest",
                early.process.threads(),
                late.process.threads(),
                atRest.process.threads());
        table.row(
                node + "file descriptors: early, at the end, at rest",
                early.process.descriptors(),
                late.process.descriptors(),
                atRest.process.descriptors());
        table.row(
                node + "connections: early, at the end, at rest",
                early.process.connections(),
                late.process.connections(),
                atRest.process.connections());
    }
}
