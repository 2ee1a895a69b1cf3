package dev.pintle.sync;

import dev.pintle.store.CircuitOverride;
import dev.pintle.store.ClusterState;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.LimitReset;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What holds beside the configuration: what operators order the nodes to do, and how many nodes there are. Brings it to this
 * node, takes orders for all of them, and shows that this one is alive. While PostgreSQL is away, what was ordered last goes
 * on until it ends. Safe for all threads.
 */
public final class OperatorOverrides {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorOverrides.class);
    private static final Duration SHOWS_EVERY = Duration.ofSeconds(1);

    /** Resets that were ordered before the node started are none of its business. */
    private static final long NONE_YET = Long.MAX_VALUE;

    private final UUID node;
    private final ClusterStore fleet;
    private final Recipient recipient;
    private final Ticker ticker;
    private long knownReset = NONE_YET;
    private long shownAt;
    private boolean away;

    /** @param node names this node among the others, while it runs */
    public OperatorOverrides(UUID node, ClusterStore fleet, Recipient recipient, Ticker ticker) {
        this.node = node;
        this.fleet = fleet;
        this.recipient = recipient;
        this.ticker = ticker;
        this.shownAt = ticker.nanos() - SHOWS_EVERY.toNanos();
    }

    /** Carries out what is ordered. One thread at a time calls it. */
    public interface Recipient {
        /** These orders hold, and no others; told again and again, also when nothing changed. */
        void circuits(List<CircuitOverride> orders);

        /** Told once. */
        void reset(LimitReset reset);

        /** So many nodes are alive, this one included. */
        void nodes(int alive);
    }

    /** Gives an order to all nodes, in the place of any other for its route; this one has carried it out then. */
    public void give(CircuitOverride order) throws StoreUnavailableException {
        fleet.order(order);
        catchUp();
    }

    /** Takes back the order for a route, if there is one; this node follows then. */
    public void takeBack(String route) throws StoreUnavailableException {
        fleet.release(route);
        catchUp();
    }

    /** Has all nodes fill a bucket; this one has then. */
    public void reset(String route, String bucket, String author) throws StoreUnavailableException {
        fleet.reset(route, bucket, author);
        catchUp();
    }

    /** Whether it is time to show that the node is alive. */
    synchronized boolean isDue() {
        return ticker.nanos() - shownAt >= SHOWS_EVERY.toNanos();
    }

    /** Reads what holds, and has it carried out before it returns. When PostgreSQL does not answer, nothing changes. */
    synchronized void catchUp() {
        shownAt = ticker.nanos();
        try {
            ClusterState standing = fleet.show(node, knownReset);
            recipient.nodes(standing.nodes());
            recipient.circuits(standing.circuits());
            standing.resets().forEach(recipient::reset);
            knownReset = standing.latestReset();
            away = false;
        } catch (StoreUnavailableException e) {
            if (!away) {
                LOG.warn("{}. Orders to this node are not heard; those that it has go on.", e.getMessage());
            }
            away = true;
        }
    }

    /** The node stops. The others would notice by themselves, but later. */
    synchronized void leave() {
        if (!away) {
            try {
                fleet.leave(node);
            } catch (StoreUnavailableException e) {
                LOG.debug("The others were not told that this node stops: {}", e.getMessage());
            }
        }
    }
}
