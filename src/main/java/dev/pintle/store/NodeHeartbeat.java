package dev.pintle.store;

import java.util.List;
import java.util.UUID;

/**
 * What a node tells of itself once a second.
 *
 * @param revision which the node serves
 * @param source where it read that revision, in lower case
 * @param rejected the stored documents that it rejects
 */
public record NodeHeartbeat(UUID node, long revision, String source, List<RejectedDocument> rejected) {
    public NodeHeartbeat {
        rejected = List.copyOf(rejected);
    }
}
