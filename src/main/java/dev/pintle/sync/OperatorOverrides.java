package dev.pintle.sync;

import dev.pintle.store.CircuitForce;
import dev.pintle.store.CircuitOverride;
import dev.pintle.store.CircuitOverride.Scope;
import dev.pintle.store.ClusterState;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.LimitReset;
import dev.pintle.store.NodeHeartbeat;
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
 * Brings the overrides of operators to this node, takes them for the whole cluster, and shows that the node is alive. While
 * PostgreSQL is unavailable, the overrides that the node follows hold until they end, and new ones hold on this node alone
 * until PostgreSQL takes them. Safe for all threads.
 */
public final class OperatorOverrides {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorOverrides.class);
    private static final Duration BEATS_EVERY = Duration.ofSeconds(1);

    /** Resets from before the start are not applied. */
    private static final long NONE_YET = Long.MAX_VALUE;

    private final Supplier<NodeHeartbeat> heartbeat;
    private final ClusterStore cluster;
    private final Recipient recipient;
    private final Ticker ticker;
    private final HeldOverrides held;
    private final Set<Long> appliedEarly = new HashSet<>();
    private long knownReset = NONE_YET;
    private long caughtUpAt;
    private volatile @Nullable String fault;

    /**
     * The overrides of one node.
     *
     * @param clock shows people when an override ends that holds on this node alone; nothing ends by it
     */
    public OperatorOverrides(
            Supplier<NodeHeartbeat> heartbeat,
            ClusterStore cluster,
            Recipient recipient,
            Ticker ticker,
            InstantSource clock) {
        this.heartbeat = heartbeat;
        this.cluster = cluster;
        this.recipient = recipient;
        this.ticker = ticker;
        this.held = new HeldOverrides(ticker, clock);
        this.caughtUpAt = ticker.nanos() - BEATS_EVERY.toNanos();
    }

    /** Applies overrides. One thread at a time calls it. */
    public interface Recipient {
        /** These overrides hold, and no others; called again and again, also when nothing changed. */
        void circuits(List<CircuitOverride> overrides);

        /** Called once a reset. */
        void reset(LimitReset reset);

        /** So many nodes are alive, this one included. */
        void nodes(int alive);
    }

    /**
     * Forces the circuits of a route, in the place of any other override of the route. This node follows when it returns.
     *
     * @return the nodes that follow: this one alone, when PostgreSQL does not take the override now
     */
    public synchronized Scope force(CircuitForce force) {
        long requestedAt = ticker.nanos();
        try {
            held.put(cluster.force(force));
            return Scope.CLUSTER;
        } catch (StoreUnavailableException e) {
            LOG.warn("{}. The circuits of route {} are forced on this node alone.", e.getMessage(), force.route());
            held.forceLocally(force, requestedAt);
            return Scope.NODE;
        } finally {
            recipient.circuits(held.active());
        }
    }

    /**
     * Ends the override of a route, if there is one. This node follows when it returns.
     *
     * @return the nodes that follow: this one alone, when PostgreSQL does not take the release now
     */
    public synchronized Scope release(String route) {
        long requestedAt = ticker.nanos();
        try {
            cluster.release(route);
            held.remove(route);
            return Scope.CLUSTER;
        } catch (StoreUnavailableException e) {
            LOG.warn("{}. The circuits of route {} are released on this node alone.", e.getMessage(), route);
            held.releaseLocally(route, requestedAt);
            return Scope.NODE;
        } finally {
            recipient.circuits(held.active());
        }
    }

    /** Has all nodes fill a bucket; this one has when it returns. */
    public synchronized void reset(String route, String bucket, String author) throws StoreUnavailableException {
        LimitReset reset = cluster.reset(route, bucket, author);
        recipient.reset(reset);
        appliedEarly.add(reset.number());
    }

    /** What keeps this node from reading overrides, or PostgreSQL from taking writes; null when nothing does. */
    @Nullable
    String fault() {
        return fault;
    }

    /** Whether it is time to show that the node is alive. */
    synchronized boolean isDue() {
        return ticker.nanos() - caughtUpAt >= BEATS_EVERY.toNanos();
    }

    /** Shows that the node is alive, reads the overrides and applies them. When PostgreSQL does not answer, nothing changes. */
    synchronized void catchUp() {
        caughtUpAt = ticker.nanos();
        try {
            report(exchange());
        } catch (StoreUnavailableException e) {
            report(e.getMessage());
        }
    }

    /** @return what keeps PostgreSQL from taking writes; null when nothing does */
    private @Nullable String exchange() throws StoreUnavailableException {
        String refusal = null;
        try {
            cluster.beat(heartbeat.get());
            held.send(cluster);
        } catch (StoreReadOnlyException e) {
            refusal = e.getMessage();
        }
        ClusterState state = cluster.state(knownReset);
        if (refusal == null) {
            recipient.nodes(state.nodes());
        }
        held.replace(state.circuits());
        recipient.circuits(held.active());
        state.resets().stream()
                .filter(reset -> !appliedEarly.contains(reset.number()))
                .forEach(recipient::reset);
        knownReset = state.latestReset();
        appliedEarly.clear();
        return refusal == null ? lack(state.missingPrivileges()) : refusal;
    }

    private static @Nullable String lack(List<String> privileges) {
        return privileges.isEmpty()
                ? null
                : "The user of PostgreSQL cannot write: it lacks " + String.join(", ", privileges)
                        + "; grant these privileges";
    }

    private void report(@Nullable String next) {
        if (next != null && fault == null) {
            LOG.warn("{}. This node keeps the overrides that it has.", next);
        } else if (next == null && fault != null) {
            LOG.info("PostgreSQL takes heartbeats and overrides again.");
        }
        fault = next;
    }

    /** The node stops. The others would notice without this call, but later. */
    synchronized void leave() {
        if (fault == null) {
            try {
                cluster.leave(heartbeat.get().node());
            } catch (StoreUnavailableException e) {
                LOG.debug("The other nodes were not told that this node stops: {}", e.getMessage());
            }
        }
    }
}
