package dev.pintle.sync;

import dev.pintle.history.ChangedDocument;
import dev.pintle.history.DocumentDelta;
import dev.pintle.history.RevisionDetail;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.HistoryStore;
import dev.pintle.store.NoSuchRevisionException;
import dev.pintle.store.ReportedNode;
import dev.pintle.store.ReportedNodes;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.sync.Rollout.LaggingNode;
import dev.pintle.time.Sleeper;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until the nodes of the cluster report in their heartbeats that they serve a revision. Safe for all threads. */
public final class RolloutMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutMonitor.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final ClusterStore cluster;
    private final HistoryStore history;
    private final OperatorOverrides heartbeats;
    private final Ticker ticker;
    private final Sleeper sleeper;

    /** @param heartbeats has the last known nodes, for when PostgreSQL is unavailable */
    public RolloutMonitor(
            ClusterStore cluster, HistoryStore history, OperatorOverrides heartbeats, Ticker ticker, Sleeper sleeper) {
        this.cluster = cluster;
        this.history = history;
        this.heartbeats = heartbeats;
        this.ticker = ticker;
        this.sleeper = sleeper;
    }

    /**
     * Waits until every node serves the revision, or only nodes are left that waiting does not help.
     *
     * @param revision which this node serves
     * @param timeout the longest time to wait; a stalled PostgreSQL may take longer to answer
     */
    public Rollout await(long revision, Duration timeout) {
        long start = ticker.nanos();
        Rollout last = ofKnownNodes(revision);
        try {
            cluster.askForHeartbeats();
            Duration pause = FIRST_PAUSE;
            last = read(revision);
            while (!last.isOver() && ticker.nanos() - start < timeout.toNanos()) {
                sleeper.of(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
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
        UUID self = heartbeats.node();
        int applied = 0;
        for (ReportedNode node : cluster.nodes().nodes()) {
            NodeState state = NodeState.of(node, revision, null);
            if (node.id().equals(self) || (state != NodeState.LOST && serves(node, revision))) {
                applied++;
            } else {
                lagging.add(new LaggingNode(node, state));
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

    /** This node serves the revision; the others may not. */
    private Rollout ofKnownNodes(long revision) {
        UUID self = heartbeats.node();
        ReportedNodes known = heartbeats.knownNodes();
        List<LaggingNode> others = known.nodes().stream()
                .filter(node -> !node.id().equals(self))
                .map(node -> new LaggingNode(node, NodeState.of(node, revision, null)))
                .toList();
        return new Rollout(revision, 1, others);
    }
}
