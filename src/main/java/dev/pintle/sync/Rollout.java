package dev.pintle.sync;

import dev.pintle.store.ReportedNode;
import java.util.List;

/**
 * The progress of a revision in the cluster.
 *
 * @param applied the number of nodes that serve it
 * @param lagging the other nodes
 */
public record Rollout(long revision, int applied, List<LaggingNode> lagging) {
    public Rollout {
        lagging = List.copyOf(lagging);
    }

    /** A node that does not serve the revision. */
    public record LaggingNode(ReportedNode node, NodeState state) {
        /** Whether more time may help. */
        boolean mayFollow() {
            return state != NodeState.LOST && state != NodeState.REJECTS;
        }
    }

    public int nodes() {
        return applied + lagging.size();
    }

    public boolean isComplete() {
        return lagging.isEmpty();
    }

    boolean isOver() {
        return lagging.stream().noneMatch(LaggingNode::mayFollow);
    }
}
