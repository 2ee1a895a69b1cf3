package dev.pintle.sync;

import dev.pintle.credentials.Credential;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest revision among snapshots of peers. It keeps only credentials that all peers know: a peer that lost PostgreSQL earlier
 * than the others still has those that were revoked since. Used by one thread at a time.
 */
final class LatestPeerSnapshot {
    private static final Logger LOG = LoggerFactory.getLogger(LatestPeerSnapshot.class);

    private @Nullable PeerSnapshot latest;
    private @Nullable Set<Credential> knownToAll;

    /** Considers a snapshot. Ignores an invalid one. */
    void add(ReceivedSnapshot received) {
        try {
            add(new PeerSnapshot(SnapshotFormat.decode(received.text()), received.peer()));
        } catch (InvalidSnapshotException e) {
            LOG.warn("Cannot use the snapshot of peer {}: it {}.", received.peer(), e.getMessage());
        }
    }

    private void add(PeerSnapshot next) {
        List<Credential> credentials = next.snapshot().credentials();
        if (knownToAll == null) {
            knownToAll = new LinkedHashSet<>(credentials);
        } else {
            knownToAll.retainAll(new HashSet<>(credentials));
        }
        if (latest == null || revision(next) > revision(latest)) {
            latest = next;
        }
    }

    private static long revision(PeerSnapshot peer) {
        return peer.snapshot().configuration().revision();
    }

    /** The latest snapshot so far; empty without a valid one. */
    Optional<PeerSnapshot> get() {
        return latest == null || knownToAll == null
                ? Optional.empty()
                : Optional.of(new PeerSnapshot(latest.snapshot().with(List.copyOf(knownToAll)), latest.peer()));
    }
}
