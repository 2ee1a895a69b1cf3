package dev.pintle.sync;

import dev.pintle.config.Configuration;
import dev.pintle.history.Cause;
import dev.pintle.store.Author;
import dev.pintle.store.CommittedPlan;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.ConfirmationStore;
import dev.pintle.store.Edit;
import dev.pintle.store.EditPlan;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.PendingConfirmation;
import dev.pintle.store.PlanPreview;
import dev.pintle.store.ReportedNodes;
import dev.pintle.store.RevisionNotifications;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.store.Unconfirmed;
import dev.pintle.store.WriteResult;
import dev.pintle.time.Ticker;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the configuration of this node in sync with PostgreSQL. Notifications bring a write of another node within
 * milliseconds, polling within about a second. The active configuration stays while PostgreSQL is unavailable. Safe for
 * all threads.
 *
 * <p>PostgreSQL is authoritative, even at an earlier revision after a restore or a replacement. The exception is
 * revision 0, an empty database. It is usually the result of a wrong URL or a lost disk, and following it would answer
 * every request of the cluster with 404. The node keeps its configuration instead and reports this in its log and
 * status. It refuses single edits, which would replace all routes with one. It follows PostgreSQL again after a restore
 * or an import. An operator who wants an empty configuration deletes the snapshot before the start.
 */
public final class ConfigurationSync implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationSync.class);

    private final SnapshotFile file;
    private final PeerSnapshots peers;
    private final SnapshotWriter snapshots;
    private final ActiveSnapshot snapshot;
    private final ActiveConfiguration active;
    private final ActivatingWriter writer;
    private final ConfirmationDeadline deadline;
    private final ConfirmationTimer timer;
    private final OperatorOverrides overrides;
    private final ConfigurationWatcher watcher;

    /**
     * Creates the synchronization of one node.
     *
     * @param overrides the overrides, which are read together with the configuration
     * @param guard judges an unconfirmed revision by its requests
     * @param credentials the credentials of consumers, which are read together with the configuration
     * @param peers the snapshots of other nodes
     * @param listener activates each configuration
     * @param clock dates the snapshots
     * @param random spreads the reconnections of the nodes of a cluster
     */
    public ConfigurationSync(
            ConfigurationStore store,
            ConfirmationStore confirmations,
            RevisionNotifications notifications,
            OperatorOverrides overrides,
            ChangeGuard guard,
            CredentialSync credentials,
            SnapshotFile file,
            PeerSnapshots peers,
            ConfigurationListener listener,
            Ticker ticker,
            InstantSource clock,
            RandomGenerator random) {
        this.file = file;
        this.peers = peers;
        this.snapshots = new SnapshotWriter(file, ticker);
        this.deadline = new ConfirmationDeadline(guard, ticker);
        this.snapshot = new ActiveSnapshot(snapshots, credentials, deadline, clock);
        this.active = new ActiveConfiguration(
                new ConfirmedReader(store, confirmations, listener, deadline),
                listener,
                deadline,
                snapshot,
                credentials,
                ticker,
                clock);
        this.writer = new ActivatingWriter(store, active, deadline, ticker);
        credentials.onChange(snapshot::saveCredentials);
        this.timer = new ConfirmationTimer(active, deadline, guard);
        this.overrides = overrides;
        this.watcher = new ConfigurationWatcher(
                notifications, active, writer, overrides, new RevisionLog(store), new ReconnectBackoff(random));
    }

    /**
     * Activates the first configuration, from PostgreSQL or otherwise from the snapshot of this node or a peer, and
     * starts to follow changes.
     *
     * @throws StoreUnavailableException when PostgreSQL is unavailable and no valid snapshot exists; the message names
     *     all causes. Nothing is started then.
     */
    public void start() throws StoreUnavailableException {
        try {
            active.reload();
            overrides.catchUp();
            active.catchUpCredentials();
            if (current().revision() == 0) {
                file.read().ifPresent(active::serveSnapshot);
            }
        } catch (StoreUnavailableException e) {
            startFromSnapshot(e);
        } catch (InvalidSnapshotException e) {
            LOG.warn(
                    "Cannot use the snapshot: {}. PostgreSQL is empty, so this node starts without routes.",
                    e.getMessage());
        }
        snapshots.start();
        watcher.start();
        timer.start();
    }

    /** The active configuration, as stored. */
    public Configuration current() {
        return active.view().configuration();
    }

    /**
     * Reads the changes in the calling thread and activates them before it returns. Keeps the active configuration when
     * PostgreSQL does not answer, and records the fault.
     */
    public void catchUp() {
        active.catchUp();
    }

    /**
     * Writes all edits as one revision, or none of them. This node serves the revision when the call returns, even if
     * PostgreSQL becomes unavailable right after the commit.
     *
     * @throws EditRejectedException when one edit is refused
     * @throws StoreUnavailableException when PostgreSQL did not answer in time; the edits may or may not be stored
     */
    public WriteResult write(Author by, List<Edit> edits) throws EditRejectedException, StoreUnavailableException {
        return writer.write(by, edits);
    }

    /** Writes the edits of a plan as one revision, in the same way. */
    public CommittedPlan write(Author by, Cause cause, EditPlan plan)
            throws EditRejectedException, StoreUnavailableException {
        return writer.write(by, cause, plan);
    }

    /** Reads the credentials of consumers if they changed, and activates them before it returns. */
    public void catchUpCredentials() {
        active.catchUpCredentials();
    }

    /**
     * Confirms a revision.
     *
     * @return whether it did; otherwise that revision does not wait for a confirmation, or its time is over
     */
    public boolean confirm(long revision) throws StoreUnavailableException {
        return active.confirm(revision);
    }

    /** The revision that waits for its confirmation, as far as this node knows; empty without one. */
    public Optional<PendingConfirmation> pendingConfirmation() {
        return Optional.ofNullable(deadline.unconfirmed()).map(Unconfirmed::pending);
    }

    /** The nodes of the cluster at the last heartbeat of this node. */
    public ReportedNodes knownNodes() {
        return overrides.membership().nodes();
    }

    /** Computes the changes that a plan would make now. */
    public PlanPreview preview(EditPlan plan) throws EditRejectedException, StoreUnavailableException {
        return writer.preview(plan);
    }

    /**
     * The reason to refuse single edits: PostgreSQL is empty while this node keeps its known configuration. Empty when
     * edits are allowed.
     */
    public Optional<String> emptyDatabaseFault() {
        return active.database().isEmpty()
                ? Optional.ofNullable(active.database().fault())
                : Optional.empty();
    }

    public SyncStatus status() {
        ActiveConfiguration.View view = active.view();
        return new SyncStatus(
                view.configuration().revision(),
                view.source(),
                active.database().age(),
                active.database().isUp(),
                overrides.fault() == null,
                watcher.isListening(),
                Stream.of(active.database().fault(), watcher.fault(), overrides.fault())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    /**
     * Stops following PostgreSQL, then writes a pending snapshot. Waits at most ten seconds for a call to PostgreSQL.
     * Ends all threads and connections; the active configuration stays.
     */
    @Override
    public void close() {
        timer.close();
        watcher.close();
        overrides.leave();
        snapshots.close();
    }

    private void startFromSnapshot(StoreUnavailableException outage) throws StoreUnavailableException {
        try {
            active.serveSnapshot(file.read()
                    .orElseThrow(() -> new InvalidSnapshotException("no snapshot exists at " + file.path())));
        } catch (InvalidSnapshotException e) {
            if (!startFromPeer()) {
                throw new StoreUnavailableException(outage.getMessage() + ", and " + e.getMessage(), outage);
            }
        }
    }

    /** Serves the latest revision among the snapshots of peers, and returns whether one of them is valid. */
    private boolean startFromPeer() {
        LatestPeerSnapshot all = new LatestPeerSnapshot();
        peers.receive(all::add);
        Optional<PeerSnapshot> latest = all.get();
        latest.ifPresent(received -> active.servePeer(received.snapshot(), received.peer()));
        return latest.isPresent();
    }

    /** The snapshot that this node would start from now, for a peer; empty when it serves no configuration. */
    public Optional<String> snapshotForPeer() {
        return snapshot.current().map(SnapshotFormat::encode);
    }
}
