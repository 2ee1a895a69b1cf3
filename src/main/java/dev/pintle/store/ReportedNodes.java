package dev.pintle.store;

import java.util.List;

/**
 * The nodes of the cluster at one moment.
 *
 * @param latest the number of the latest revision
 * @param nodes by name; lost ones for five minutes
 */
public record ReportedNodes(long latest, List<ReportedNode> nodes) {
    public ReportedNodes {
        nodes = List.copyOf(nodes);
    }

    /** The number of nodes that are not lost. */
    public int alive() {
        return Math.toIntExact(nodes.stream().filter(node -> !node.lost()).count());
    }
}
