package dev.pintle.store;

import dev.pintle.guard.GuardReport;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node as its last heartbeat describes it. Nodes of an earlier version report less; missing values are null.
 *
 * @param seen the time of that heartbeat, by PostgreSQL's clock
 * @param lost whether heartbeats are missing
 * @param guard the requests around the unconfirmed revision; null without one that has bounds
 */
public record ReportedNode(
        UUID id,
        @Nullable String name,
        @Nullable String version,
        @Nullable Long revision,
        @Nullable String digest,
        @Nullable String source,
        List<RejectedDocument> rejected,
        boolean draining,
        Instant seen,
        boolean lost,
        @Nullable GuardReport guard) {
    public ReportedNode {
        rejected = List.copyOf(rejected);
    }
}
