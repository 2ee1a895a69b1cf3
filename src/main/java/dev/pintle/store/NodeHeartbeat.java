package dev.pintle.store;

import dev.pintle.guard.GuardReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status that a node stores once a second.
 *
 * @param revision the revision that the node serves
 * @param digest the digest of the documents that it serves
 * @param source the source of that revision, in lower case
 * @param rejected the stored documents that it rejects
 * @param draining whether it is about to stop
 * @param guard the requests around the unconfirmed revision; null without one that has bounds
 */
public record NodeHeartbeat(
        NodeIdentity node,
        long revision,
        String digest,
        String source,
        List<RejectedDocument> rejected,
        boolean draining,
        @Nullable GuardReport guard) {
    public NodeHeartbeat {
        rejected = List.copyOf(rejected);
    }
}
