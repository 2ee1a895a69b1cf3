package dev.pintle.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.config.Configuration;
import dev.pintle.config.VersionedDocument;
import dev.pintle.credentials.Credential;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LatestPeerSnapshotTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final Credential KEPT = key("kept");
    private static final Credential REVOKED = key("revoked");

    @Test
    void theLatestRevisionWinsAndAnInvalidSnapshotIsLeftOut() {
        PeerSnapshot latest = latest(
                        new ReceivedSnapshot("broken:8081", "{"),
                        received("a:8081", 6, KEPT),
                        received("b:8081", 7, KEPT),
                        received("c:8081", 5, KEPT))
                .orElseThrow();

        assertThat(latest.peer()).isEqualTo("b:8081");
        assertThat(latest.snapshot().configuration().revision()).isEqualTo(7);
        assertThat(latest.snapshot().credentials()).containsExactly(KEPT);
    }

    @Test
    void aCredentialThatOnePeerKnowsAsRevokedIsInvalid() {
        PeerSnapshot latest = latest(received("stale:8081", 7, KEPT, REVOKED), received("b:8081", 7, KEPT))
                .orElseThrow();

        assertThat(latest.snapshot().credentials()).containsExactly(KEPT);
    }

    @Test
    void withoutAnAnswerThereIsNone() {
        assertThat(latest()).isEmpty();
    }

    private static Optional<PeerSnapshot> latest(ReceivedSnapshot... received) {
        LatestPeerSnapshot latest = new LatestPeerSnapshot();
        for (ReceivedSnapshot each : received) {
            latest.add(each);
        }
        return latest.get();
    }

    private static ReceivedSnapshot received(String peer, long revision, Credential... credentials) {
        Configuration configuration = new Configuration(
                revision, new VersionedDocument(1, JsonNodeFactory.instance.objectNode()), new TreeMap<>());
        Snapshot snapshot = new Snapshot(configuration, NOON).with(List.of(credentials));
        return new ReceivedSnapshot(peer, SnapshotFormat.encode(snapshot));
    }

    private static Credential key(String id) {
        return new Credential("jane", id, Credential.Kind.KEY, "laptop", "ab".repeat(32), NOON, null);
    }
}
