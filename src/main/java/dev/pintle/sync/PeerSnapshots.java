package dev.pintle.sync;

import java.util.function.Consumer;

/** The snapshots of other nodes, for a node that starts without PostgreSQL and without a snapshot of its own. */
@FunctionalInterface
public interface PeerSnapshots {
    /** A node without peers. */
    PeerSnapshots NONE = received -> {};

    /**
     * Asks all peers. Waits some seconds at most; peers without an answer are left out.
     *
     * @param received gets the snapshots one after the other, so that they are not in memory together
     */
    void receive(Consumer<ReceivedSnapshot> received);
}
