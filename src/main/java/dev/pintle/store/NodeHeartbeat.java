package dev.pintle.store;

import java.util.List;
import java.util.UUID;

/**
 * The status that a node stores once a second.
 *
 * @param revision the revision that the node serves
 * @param source the source of that revision, in lower case
 * @param rejected the stored documents that it rejects
 */
public record NodeHeartbeat(UUID node, long revision, String source, List<RejectedDocument> rejected) {
    public NodeHeartbeat {
        rejected = List.copyOf(rejected);
    }
}
