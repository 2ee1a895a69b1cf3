package dev.pintle.sync;

import dev.pintle.store.ClusterStore;
import dev.pintle.store.StoreUnavailableException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of the console that operators ended. A session ends on this node at once. While PostgreSQL is
 * unavailable, its end waits here for the other nodes. Safe for all threads.
 */
public final class SignOuts {
    private static final Logger LOG = LoggerFactory.getLogger(SignOuts.class);

    private final Instant nodeStartedAt;
    private final Queue<String> pending = new ArrayDeque<>();
    private volatile Set<String> ended = Set.of();
    private volatile boolean areKnown;

    /** @param nodeStartedAt before it, operators ended sessions that this node reads from PostgreSQL only */
    public SignOuts(Instant nodeStartedAt) {
        this.nodeStartedAt = nodeStartedAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Whether an operator ended a session. A session from before the start of this node counts as ended until this node has
     * read the sign-outs from PostgreSQL.
     */
    public boolean hasEnded(String session, Instant startedAt) {
        return ended.contains(session) || (!areKnown && startedAt.isBefore(nodeStartedAt));
    }

    synchronized void end(String session, ClusterStore cluster) {
        replace(ended, Set.of(session));
        pending.add(session);
        try {
            storePending(cluster);
        } catch (StoreUnavailableException e) {
            LOG.warn(
                    "{}. A console session is signed out on this node only, until PostgreSQL accepts writes.",
                    e.getMessage());
        }
    }

    /** Stores the sign-outs that PostgreSQL could not take before. */
    synchronized void storePending(ClusterStore cluster) throws StoreUnavailableException {
        for (String next = pending.peek(); next != null; next = pending.peek()) {
            cluster.signOut(next);
            pending.remove();
        }
    }

    /** Takes over the sign-outs of all nodes. */
    synchronized void replace(Collection<String> stored) {
        replace(stored, pending);
        areKnown = true;
    }

    private void replace(Collection<String> stored, Collection<String> further) {
        Set<String> next = new HashSet<>(stored);
        next.addAll(further);
        ended = next;
    }
}
