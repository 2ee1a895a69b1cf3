package dev.pintle.sync;

import dev.pintle.store.ReportedNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The state of a node relative to the latest revision. */
public enum NodeState {
    /** It serves the latest revision. */
    IN_SYNC,
    /** It serves an earlier revision, or is of a version that reports none. */
    BEHIND,
    /** It serves other documents than the latest revision has. */
    DIFFERS,
    /** It serves the latest revision without documents that it rejects. */
    REJECTS,
    /** It serves its snapshot or the one of a peer, because it has not reached PostgreSQL since its start. */
    SNAPSHOT,
    /** It is about to stop. */
    DRAINING,
    /** Its heartbeats are missing. */
    LOST;

    /**
     * The state of a node.
     *
     * @param latest the number of the latest revision
     * @param digest of the documents of the latest revision; null when it is unknown
     */
    public static NodeState of(ReportedNode node, long latest, @Nullable String digest) {
        if (node.lost()) {
            return LOST;
        }
        if (node.draining()) {
            return DRAINING;
        }
        if ("snapshot".equals(node.source()) || "peer".equals(node.source())) {
            return SNAPSHOT;
        }
        if (node.revision() == null || node.revision() < latest) {
            return BEHIND;
        }
        if (!node.rejected().isEmpty()) {
            return REJECTS;
        }
        return node.revision() > latest || differ(digest, node.digest()) ? DIFFERS : IN_SYNC;
    }

    /** Whether two known digests of the same algorithm differ. Nodes of another version may use another algorithm. */
    private static boolean differ(@Nullable String one, @Nullable String other) {
        return one != null && other != null && algorithm(one).equals(algorithm(other)) && !one.equals(other);
    }

    private static String algorithm(String digest) {
        return digest.substring(0, digest.indexOf('-') + 1);
    }

    /** The name in responses of the admin API and in metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
