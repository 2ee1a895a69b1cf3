package dev.pintle.sync;

import java.util.List;

/** The snapshots of other nodes, for a node that starts without PostgreSQL and without a snapshot of its own. */
@FunctionalInterface
public interface PeerSnapshots {
    /** A node without peers. */
    PeerSnapshots NONE = List::of;

    /** Asks all peers. Waits some seconds at most; peers without an answer are left out. */
    List<ReceivedSnapshot> receive();
}
