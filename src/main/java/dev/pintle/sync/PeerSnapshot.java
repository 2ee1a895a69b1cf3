package dev.pintle.sync;

import dev.pintle.credentials.Credential;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A snapshot and the peer that sent it.
 *
 * @param peer the address of its admin port
 */
record PeerSnapshot(Snapshot snapshot, String peer) {
    private static final Logger LOG = LoggerFactory.getLogger(PeerSnapshot.class);

    /**
     * Returns the latest revision among snapshots of peers. Keeps only credentials that all peers know: a peer that lost
     * PostgreSQL earlier than the others still has those that were revoked since.
     */
    static Optional<PeerSnapshot> latest(List<ReceivedSnapshot> received) {
        List<PeerSnapshot> valid =
                received.stream().flatMap(PeerSnapshot::decoded).toList();
        return valid.stream()
                .max(Comparator.comparingLong(
                        each -> each.snapshot().configuration().revision()))
                .map(latest -> new PeerSnapshot(latest.snapshot().with(knownToAll(valid)), latest.peer()));
    }

    private static Stream<PeerSnapshot> decoded(ReceivedSnapshot received) {
        try {
            return Stream.of(new PeerSnapshot(SnapshotFormat.decode(received.text()), received.peer()));
        } catch (InvalidSnapshotException e) {
            LOG.warn("Cannot use the snapshot of peer {}: it {}.", received.peer(), e.getMessage());
            return Stream.empty();
        }
    }

    private static List<Credential> knownToAll(List<PeerSnapshot> peers) {
        List<Credential> known = new ArrayList<>(peers.getFirst().snapshot().credentials());
        for (PeerSnapshot peer : peers) {
            known.retainAll(new HashSet<>(peer.snapshot().credentials()));
        }
        return known;
    }
}
