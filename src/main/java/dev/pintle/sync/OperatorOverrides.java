package dev.pintle.sync;

import dev.pintle.store.CircuitForce;
import dev.pintle.store.CircuitOverride;
import dev.pintle.store.ClusterState;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.LimitReset;
import dev.pintle.store.MaintenanceRequest;
import dev.pintle.store.MaintenanceWindow;
import dev.pintle.store.NodeHeartbeat;
import dev.pintle.store.OverrideScope;
import dev.pintle.store.StoreReadOnlyException;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the overrides of operators to this node, stores new ones for the whole cluster, and sends the heartbeats of
 * the node. While PostgreSQL is unavailable, known overrides stay until they expire. New ones hold on this node only,
 * until PostgreSQL stores them. Safe for all threads.
 */
public final class OperatorOverrides {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorOverrides.class);
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(1);

    /** Excludes resets from before the start of the node. */
    private static final long NONE_YET = Long.MAX_VALUE;

    private final ClusterMembership membership;
    private final ClusterStore cluster;
    private final OverrideRecipient recipient;
    private final Ticker ticker;
    private final HeldOverrides<CircuitOverride, CircuitForce> circuits;
    private final HeldOverrides<MaintenanceWindow, MaintenanceRequest> maintenance;
    private final SignOuts signOuts;
    private final Set<Long> appliedEarly = new HashSet<>();
    private long knownReset = NONE_YET;
    private long caughtUpAt;
    private volatile @Nullable String fault;

    /**
     * Creates the overrides of one node.
     *
     * @param signOuts the sessions of the console that operators ended
     * @param clock dates the end of local overrides, for display only
     */
    public OperatorOverrides(
            Supplier<NodeHeartbeat> heartbeat,
            ClusterStore cluster,
            OverrideRecipient recipient,
            SignOuts signOuts,
            Ticker ticker,
            InstantSource clock) {
        this.membership = new ClusterMembership(heartbeat, cluster);
        this.cluster = cluster;
        this.recipient = recipient;
        this.signOuts = signOuts;
        this.ticker = ticker;
        this.circuits = new HeldOverrides<>("circuit override", cluster.circuits(), ticker, clock);
        this.maintenance = new HeldOverrides<>("maintenance window", cluster.maintenance(), ticker, clock);
        this.caughtUpAt = ticker.nanos() - HEARTBEAT_INTERVAL.toNanos();
    }

    /**
     * Forces the circuits of a route, replacing any other override of the route. Applies to this node before it
     * returns.
     *
     * @return the affected nodes: only this one when PostgreSQL cannot store the override now
     */
    public synchronized OverrideScope force(CircuitForce force) {
        OverrideScope scope = circuits.begin(force);
        recipient.circuits(circuits.active());
        return scope;
    }

    /**
     * Ends the override of a route, if any. Applies to this node before it returns.
     *
     * @return the affected nodes: only this one when PostgreSQL cannot store the release now
     */
    public synchronized OverrideScope release(String route) {
        OverrideScope scope = circuits.end(route);
        recipient.circuits(circuits.active());
        return scope;
    }

    /** Closes a route: on this node before the call returns, on the others when PostgreSQL stores it. */
    public synchronized void begin(MaintenanceRequest request) {
        maintenance.begin(request);
        recipient.maintenance(maintenance.active());
    }

    /**
     * Ends the maintenance window of a route, if any. Applies to this node before it returns.
     *
     * @return the affected nodes: only this one when PostgreSQL cannot store the end now
     */
    public synchronized OverrideScope endMaintenance(String route) {
        OverrideScope scope = maintenance.end(route);
        recipient.maintenance(maintenance.active());
        return scope;
    }

    /** Returns the active maintenance windows of this node, ordered by route. */
    public synchronized List<MaintenanceWindow> maintenance() {
        return maintenance.active();
    }

    /** Makes all nodes fill a bucket; this node does so before the call returns. */
    public synchronized void reset(String route, String bucket, String author) throws StoreUnavailableException {
        LimitReset reset = cluster.reset(route, bucket, author);
        recipient.reset(reset);
        appliedEarly.add(reset.number());
    }

    /** Ends a session of the console: on this node before the call returns, on the others when PostgreSQL stores it. */
    public synchronized void signOut(String session) {
        signOuts.end(session, cluster);
    }

    /** The reason why this node cannot read overrides or PostgreSQL refuses writes; null without a fault. */
    @Nullable
    String fault() {
        return fault;
    }

    /** This node in its cluster. */
    public ClusterMembership membership() {
        return membership;
    }

    /** Whether the next heartbeat is due. */
    synchronized boolean isDue() {
        return ticker.nanos() - caughtUpAt >= HEARTBEAT_INTERVAL.toNanos();
    }

    /**
     * Sends a heartbeat, then reads and applies the overrides. Keeps the current ones when PostgreSQL does not answer.
     */
    synchronized void catchUp() {
        caughtUpAt = ticker.nanos();
        try {
            report(synchronize());
        } catch (StoreUnavailableException e) {
            report(e.getMessage());
        }
    }

    /** @return the reason why PostgreSQL refuses writes; null without a fault */
    private @Nullable String synchronize() throws StoreUnavailableException {
        String writeFault = null;
        try {
            membership.beat();
            circuits.storePending();
            maintenance.storePending();
            signOuts.storePending(cluster);
        } catch (StoreReadOnlyException e) {
            writeFault = e.getMessage();
        }
        ClusterState state = cluster.state(knownReset);
        if (writeFault == null) {
            membership.know(state.nodes());
            recipient.nodes(state.nodes());
        }
        circuits.replace(state.circuits());
        recipient.circuits(circuits.active());
        signOuts.replace(state.signOuts());
        maintenance.replace(state.maintenance());
        recipient.maintenance(maintenance.active());
        state.resets().stream()
                .filter(reset -> !appliedEarly.contains(reset.number()))
                .forEach(recipient::reset);
        knownReset = state.latestReset();
        appliedEarly.clear();
        return writeFault == null ? privilegeFault(state.missingPrivileges()) : writeFault;
    }

    private static @Nullable String privilegeFault(List<String> privileges) {
        return privileges.isEmpty()
                ? null
                : "The PostgreSQL user of this node lacks privileges: " + String.join(", ", privileges)
                        + "; grant these privileges";
    }

    private void report(@Nullable String next) {
        if (next != null && fault == null) {
            LOG.warn("{}. Keeping the current operator overrides.", next);
        } else if (next == null && fault != null) {
            LOG.info("PostgreSQL accepts heartbeats and overrides again.");
        }
        fault = next;
    }

    /** Removes this node from the cluster when it stops, unless PostgreSQL is unavailable. */
    synchronized void leave() {
        if (fault == null) {
            membership.leave();
        }
    }
}
