package dev.pintle.sync;

import dev.pintle.config.Configuration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the snapshot on disk equal to the state that this node serves. Safe for all threads. */
final class ActiveSnapshot {
    private final SnapshotWriter writer;
    private final CredentialSync credentials;
    private final ConfirmationDeadline deadline;
    private final InstantSource clock;
    private @Nullable Snapshot saved;

    /** @param clock dates the snapshots */
    ActiveSnapshot(
            SnapshotWriter writer, CredentialSync credentials, ConfirmationDeadline deadline, InstantSource clock) {
        this.writer = writer;
        this.credentials = credentials;
        this.deadline = deadline;
        this.clock = clock;
    }

    /** Saves the configuration with the present credentials and the revision that waits for its confirmation. */
    synchronized void save(Configuration configuration) {
        saved = new Snapshot(configuration, credentials.current(), clock.instant(), deadline.unconfirmed());
        writer.save(saved);
    }

    /** Continues with the snapshot that this node serves. */
    synchronized void begin(Snapshot stored) {
        saved = stored;
    }

    /** The snapshot of the state that this node serves; empty without a configuration. */
    synchronized Optional<Snapshot> current() {
        return Optional.ofNullable(saved)
                .filter(snapshot -> snapshot.configuration().revision() > 0);
    }

    /** Saves the snapshot of a peer, which this node serves. */
    synchronized void take(Snapshot received) {
        saved = received;
        writer.save(received);
    }

    /** Saves the snapshot again, with the present credentials. */
    synchronized void saveCredentials() {
        if (saved != null) {
            saved = saved.with(credentials.current());
            writer.save(saved);
        }
    }
}
