package dev.pintle.sync;

import dev.pintle.history.ChangedDocument;
import dev.pintle.history.DocumentDelta;
import dev.pintle.history.RevisionDetail;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.HistoryStore;
import dev.pintle.store.NoSuchRevisionException;
import dev.pintle.store.ReportedNode;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.sync.Rollout.LaggingNode;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until the nodes of the cluster report in their heartbeats that they serve a revision. Safe for all threads. */
public final class RolloutMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutMonitor.class);
    /** Bounds the delay when a notification is lost, or a node is of a version that sends none. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final ClusterStore cluster;
    private final HistoryStore history;
    private final @Nullable ClusterMembership node;
    private final Ticker ticker;

    private RolloutMonitor(
            ClusterStore cluster, HistoryStore history, @Nullable ClusterMembership node, Ticker ticker) {
        this.cluster = cluster;
        this.history = history;
        this.node = node;
        this.ticker = ticker;
    }

    /**
     * The monitor of a node, which serves each revision that it waits for.
     *
     * @param membership has the last known nodes, for when PostgreSQL is unavailable
     */
    public static RolloutMonitor ofNode(
            ClusterStore cluster, HistoryStore history, ClusterMembership membership, Ticker ticker) {
        return new RolloutMonitor(cluster, history, membership, ticker);
    }

    /** The monitor of a command, which is no node. */
    public static RolloutMonitor ofCommand(ClusterStore cluster, HistoryStore history, Ticker ticker) {
        return new RolloutMonitor(cluster, history, null, ticker);
    }

    /**
     * Waits until every node serves the revision, or only nodes are left that waiting does not help.
     *
     * @param revision whose author awaits it
     * @param timeout the longest time to wait; a stalled PostgreSQL may take longer to answer
     */
    public Rollout await(long revision, Duration timeout) {
        long start = ticker.nanos();
        Rollout last = ofKnownNodes(revision);
        try {
            CountDownLatch next = nextReport();
            boolean asked = false;
            last = read(revision);
            while (!last.isOver() && ticker.nanos() - start < timeout.toNanos()) {
                boolean reported = next.await(LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                next = nextReport();
                if (!reported && !asked) {
                    cluster.askForHeartbeats();
                    asked = true;
                }
                last = read(revision);
            }
        } catch (StoreUnavailableException e) {
            LOG.warn("{}. Cannot follow revision {} through the cluster.", e.getMessage(), revision);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return last;
    }

    private Rollout read(long revision) throws StoreUnavailableException {
        List<LaggingNode> lagging = new ArrayList<>();
        UUID self = node == null ? null : node.node();
        int applied = 0;
        for (ReportedNode reported : cluster.nodes().nodes()) {
            NodeState state = NodeState.of(reported, revision, null);
            if (reported.id().equals(self) || (state != NodeState.LOST && serves(reported, revision))) {
                applied++;
            } else {
                lagging.add(new LaggingNode(reported, state));
            }
        }
        return new Rollout(revision, applied, lagging);
    }

    /** Whether another node serves the revision. This one does. */
    private boolean serves(ReportedNode node, long revision) throws StoreUnavailableException {
        return "database".equals(node.source())
                && node.revision() != null
                && node.revision() >= revision
                && (node.rejected().isEmpty() || !rejectsChange(node, revision));
    }

    /** A node may reject documents that the revision did not change. */
    private boolean rejectsChange(ReportedNode node, long revision) throws StoreUnavailableException {
        try {
            RevisionDetail detail = history.read(reader -> reader.revision(revision));
            return detail.changes().stream()
                    .map(ChangedDocument::of)
                    .anyMatch(change -> change.kind().equals(DocumentDelta.DEFAULTS)
                            || node.rejected().stream()
                                    .anyMatch(document -> document.kind().equals(change.kind())
                                            && document.id().equals(change.id())));
        } catch (NoSuchRevisionException e) {
            return true;
        }
    }

    private CountDownLatch nextReport() {
        return node == null ? new CountDownLatch(1) : node.reports().next();
    }

    /** This node serves the revision; the others may not. */
    private Rollout ofKnownNodes(long revision) {
        if (node == null) {
            return new Rollout(revision, 0, List.of());
        }
        UUID self = node.node();
        List<LaggingNode> others = node.nodes().nodes().stream()
                .filter(other -> !other.id().equals(self))
                .map(other -> new LaggingNode(other, NodeState.of(other, revision, null)))
                .toList();
        return new Rollout(revision, 1, others);
    }
}
