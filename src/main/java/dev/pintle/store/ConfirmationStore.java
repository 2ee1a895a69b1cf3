package dev.pintle.store;

import dev.pintle.config.DocumentKey;
import dev.pintle.history.Cause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Confirms or reverts the revision that waits for its confirmation. All nodes may try at once: the lock on the latest
 * revision serializes them, and only the first succeeds. Safe for all threads.
 */
public final class ConfirmationStore {
    /** The author of reverts that no operator asked for. */
    private static final String PINTLE = "pintle";

    private final Jdbi jdbi;

    public ConfirmationStore(Jdbi jdbi) {
        this.jdbi = jdbi.registerArrayType(String.class, "text");
    }

    /**
     * Confirms a revision.
     *
     * @return whether it did; otherwise that revision does not wait for a confirmation, or its time is over
     */
    public boolean confirm(long revision) throws StoreUnavailableException {
        return WriteTransaction.run(jdbi, handle -> {
            new ConfigurationReader(handle).lockLatest();
            ConfirmationRow row = new ConfirmationRow(handle);
            boolean confirmed = row.pending()
                    .filter(pending -> pending.revision() == revision && !pending.isDue())
                    .isPresent();
            if (confirmed) {
                row.end();
                CredentialStore.removeOrphans(handle);
                handle.execute("update revision set state = 'confirmed' where number = ?", revision);
                handle.execute("select pg_notify(?, 'confirmed')", RevisionNotifications.CHANNEL);
            }
            return confirmed;
        });
    }

    /**
     * Reverts the unconfirmed revision when its time is over.
     *
     * @return whether it did
     */
    public boolean revertDue() throws StoreUnavailableException {
        return WriteTransaction.run(jdbi, handle -> {
            long latest = new ConfigurationReader(handle).lockLatest();
            Optional<PendingConfirmation> due =
                    new ConfirmationRow(handle).pending().filter(PendingConfirmation::isDue);
            due.ifPresent(pending -> revert(handle, latest, "not confirmed by " + pending.revertsAt()));
            return due.isPresent();
        });
    }

    /**
     * Reverts a revision before its time is over.
     *
     * @return whether it did; otherwise that revision does not wait for a confirmation any more
     */
    public boolean revert(long revision, String reason) throws StoreUnavailableException {
        return WriteTransaction.run(jdbi, handle -> {
            long latest = new ConfigurationReader(handle).lockLatest();
            boolean waits = new ConfirmationRow(handle)
                    .pending()
                    .filter(pending -> pending.revision() == revision)
                    .isPresent();
            if (waits) {
                revert(handle, latest, reason);
            }
            return waits;
        });
    }

    /** Documents return byte for byte, without validation: they were served before. */
    private static void revert(Handle handle, long revision, String reason) {
        List<DocumentChange> undo = handle.createQuery("""
                        select kind, id, before, after,
                            case when kind = 'route' then earlier_match_keys ->> id end as match_key
                        from change cross join latest_revision where revision = :revision order by kind, id""")
                .bind("revision", revision)
                .map(ConfirmationStore::undo)
                .list();
        new ConfirmationRow(handle).end();
        new RevisionInsert(handle, revision + 1).record(new Author(PINTLE, reason), Cause.autoRevert(revision), undo);
    }

    private static DocumentChange undo(ResultSet row, StatementContext context) throws SQLException {
        return new DocumentChange(
                new DocumentKey(row.getString("kind"), row.getString("id")),
                row.getString("after"),
                row.getString("before"),
                row.getString("match_key"));
    }
}
