package dev.pintle.sync;

import dev.pintle.store.ClusterStore;
import dev.pintle.store.NodeHeartbeat;
import dev.pintle.store.ReportedNodes;
import dev.pintle.store.StoreUnavailableException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node in its cluster: sends its heartbeats, and knows those of the other nodes. Safe for all threads. */
public final class ClusterMembership {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterMembership.class);

    private final Supplier<NodeHeartbeat> heartbeat;
    private final ClusterStore cluster;
    private final HeartbeatSignal reports = new HeartbeatSignal();
    private volatile ReportedNodes nodes = new ReportedNodes(0, List.of());

    ClusterMembership(Supplier<NodeHeartbeat> heartbeat, ClusterStore cluster) {
        this.heartbeat = heartbeat;
        this.cluster = cluster;
    }

    /** Identifies this node in the cluster. */
    UUID node() {
        return heartbeat.get().node().id();
    }

    /** The nodes of the cluster at the last heartbeat of this node. */
    ReportedNodes nodes() {
        return nodes;
    }

    /** Signals heartbeats of other nodes that were asked for. */
    HeartbeatSignal reports() {
        return reports;
    }

    /** Sends the regular heartbeat. */
    void beat() throws StoreUnavailableException {
        cluster.beat(heartbeat.get());
    }

    /** The nodes after a heartbeat. */
    void know(ReportedNodes read) {
        nodes = read;
    }

    /** Sends a heartbeat to the nodes that wait for it. */
    void answer() {
        try {
            cluster.report(heartbeat.get());
        } catch (StoreUnavailableException e) {
            LOG.debug("Cannot send a heartbeat: {}. The next one follows within a second.", e.getMessage());
        }
    }

    /** Removes this node from the cluster when it stops. Without this call, the other nodes notice later. */
    void leave() {
        try {
            cluster.leave(node());
        } catch (StoreUnavailableException e) {
            LOG.debug(
                    "Cannot remove this node from the cluster: {}. The other nodes notice within seconds.",
                    e.getMessage());
        }
    }
}
