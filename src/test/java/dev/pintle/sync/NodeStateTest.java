package dev.pintle.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.store.RejectedDocument;
import dev.pintle.store.ReportedNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeStateTest {
    private static final List<RejectedDocument> REJECTED = List.of(new RejectedDocument("route", "a", "cannot run"));

    @Test
    void aNodeThatServesTheDocumentsOfTheLatestRevisionIsInSync() {
        assertThat(state(node(7L, "d", "database", List.of()))).isEqualTo(NodeState.IN_SYNC);
    }

    @Test
    void aNodeThatServesAnEarlierRevisionIsBehind() {
        assertThat(state(node(6L, "d", "database", List.of()))).isEqualTo(NodeState.BEHIND);
    }

    @Test
    void aNodeThatReportsNoRevisionIsBehind() {
        assertThat(state(node(null, null, null, List.of()))).isEqualTo(NodeState.BEHIND);
    }

    @Test
    void aNodeThatReportsNoDigestIsInSyncByItsRevision() {
        assertThat(state(node(7L, null, "database", List.of()))).isEqualTo(NodeState.IN_SYNC);
    }

    @Test
    void aNodeWithOtherDocumentsOfTheSameRevisionDiffers() {
        assertThat(state(node(7L, "e", "database", List.of()))).isEqualTo(NodeState.DIFFERS);
    }

    @Test
    void aNodeOfAnotherVersionWithAnotherDigestIsInSyncByItsRevision() {
        assertThat(state(node(7L, "sum-e", "database", List.of()))).isEqualTo(NodeState.IN_SYNC);
    }

    @Test
    void aNodeWithALaterRevisionThanPostgresHasDiffers() {
        assertThat(state(node(8L, "d", "database", List.of()))).isEqualTo(NodeState.DIFFERS);
    }

    @Test
    void aNodeThatRejectsADocumentRejects() {
        assertThat(state(node(7L, "e", "database", REJECTED))).isEqualTo(NodeState.REJECTS);
    }

    @Test
    void aNodeOnItsSnapshotIsShownAsSuchWhateverItServes() {
        assertThat(state(node(7L, "d", "snapshot", List.of()))).isEqualTo(NodeState.SNAPSHOT);
    }

    @Test
    void aNodeThatStopsIsDrainingAndOneWithoutHeartbeatsIsLost() {
        ReportedNode node = node(7L, "d", "database", List.of());

        assertThat(state(new ReportedNode(
                        node.id(), "n", "v", 7L, "d", "database", List.of(), true, node.seen(), false, null)))
                .isEqualTo(NodeState.DRAINING);
        assertThat(state(new ReportedNode(
                        node.id(), "n", "v", 7L, "d", "database", List.of(), true, node.seen(), true, null)))
                .isEqualTo(NodeState.LOST);
    }

    private static NodeState state(ReportedNode node) {
        return NodeState.of(node, 7, "d");
    }

    private static ReportedNode node(
            @Nullable Long revision,
            @Nullable String digest,
            @Nullable String source,
            List<RejectedDocument> rejected) {
        return new ReportedNode(
                UUID.randomUUID(), "n", "v", revision, digest, source, rejected, false, Instant.EPOCH, false, null);
    }
}
