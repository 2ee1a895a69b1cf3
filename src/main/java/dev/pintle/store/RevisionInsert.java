package dev.pintle.store;

import dev.pintle.config.EntityKind;
import dev.pintle.history.Cause;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Gatherers;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Inserts the rows of one revision. Sends each column as one array, so that ten thousand changes need only a few
 * statements.
 */
final class RevisionInsert {
    /** Bounds the time of one statement, so that it ends well before the socket timeout. */
    private static final int ROWS_PER_STATEMENT = 1_000;

    private final Handle handle;
    private final long number;

    RevisionInsert(Handle handle, long number) {
        this.handle = handle;
        this.number = number;
    }

    /**
     * Writes the history, the changes and the row of the audit table. PostgreSQL notifies every node when the transaction commits.
     * A revision that may revert leaves the credentials of the consumers that it removes, so that its revert has them.
     */
    void record(Author by, Cause cause, List<DocumentChange> changes) {
        ConfirmationRow confirmation = new ConfirmationRow(handle);
        if (by.confirmation() != null) {
            confirmation.keepMatchKeys(changes.stream()
                    .filter(DocumentChange::isRoute)
                    .map(DocumentChange::id)
                    .toList());
        }
        handle.execute("update latest_revision set number = ?", number);
        handle.execute("""
                insert into revision (number, at, author, reason, cause, cause_revision)
                values (?, clock_timestamp(), ?, ?, ?, ?)""", number, by.name(), by.reason(), cause.word(), cause.revision());
        if (cause.isRevert()) {
            markReverted(cause.revision());
        }
        changes.stream().gather(Gatherers.windowFixed(ROWS_PER_STATEMENT)).forEach(this::apply);
        if (by.confirmation() != null) {
            confirmation.begin(by.confirmation());
        } else if (changes.stream().anyMatch(RevisionInsert::removesConsumer)) {
            CredentialStore.removeOrphans(handle);
        }
        new AuditChain(handle).append(AuditEntry.ofRevision(by, number, changes), Duration.ZERO);
        handle.execute("select pg_notify(?, ?)", RevisionNotifications.CHANNEL, Notice.text(number, by.awaited()));
    }

    /**
     * Marks a revision as reverted. If it was a revert, the revision that it reverted becomes effective again, and so
     * on.
     */
    private void markReverted(@Nullable Long reverted) {
        handle.execute("""
                with recursive chain (number, is_reverted) as (
                    select ?::bigint, true
                    union all
                    select revision.cause_revision, not chain.is_reverted
                    from chain join revision on revision.number = chain.number
                    where revision.cause in ('revert', 'auto-revert'))
                update revision set state = case when is_reverted then 'reverted' else 'confirmed' end
                from chain where revision.number = chain.number""", reverted);
    }

    private void apply(List<DocumentChange> changes) {
        insertHistory(changes);
        changeRoutes(changes.stream().filter(DocumentChange::isRoute).toList());
        changeEntities(changes.stream().filter(DocumentChange::isEntity).toList());
        changes.stream().filter(change -> change.key().isDefaults()).forEach(this::changeDefaults);
    }

    private void insertHistory(List<DocumentChange> changes) {
        handle.createUpdate("""
                        insert into change (revision, kind, id, before, after)
                        select :number, kind, id, before::json, after::json
                        from unnest(:kinds, :ids, :befores, :afters) as changed (kind, id, before, after)""")
                .bind("number", number)
                .bindArray("kinds", String.class, column(changes, DocumentChange::kind))
                .bindArray("ids", String.class, column(changes, DocumentChange::id))
                .bindArray("befores", String.class, column(changes, DocumentChange::before))
                .bindArray("afters", String.class, column(changes, DocumentChange::after))
                .execute();
    }

    private void changeRoutes(List<DocumentChange> changes) {
        List<DocumentChange> put =
                changes.stream().filter(DocumentChange::isPut).toList();
        List<DocumentChange> removed =
                changes.stream().filter(Predicate.not(DocumentChange::isPut)).toList();
        handle.createUpdate("""
                        insert into route (id, document, match_key, revision)
                        select id, document::json, match_key, :number
                        from unnest(:ids, :documents, :matchKeys) as put (id, document, match_key)
                        on conflict (id) do update
                        set document = excluded.document, match_key = excluded.match_key, revision = excluded.revision""")
                .bind("number", number)
                .bindArray("ids", String.class, column(put, DocumentChange::id))
                .bindArray("documents", String.class, column(put, DocumentChange::after))
                .bindArray("matchKeys", String.class, column(put, DocumentChange::matchKey))
                .execute();
        handle.createUpdate("delete from route where id = any(:ids)")
                .bindArray("ids", String.class, column(removed, DocumentChange::id))
                .execute();
    }

    private void changeEntities(List<DocumentChange> changes) {
        List<DocumentChange> put =
                changes.stream().filter(DocumentChange::isPut).toList();
        List<DocumentChange> removed =
                changes.stream().filter(Predicate.not(DocumentChange::isPut)).toList();
        handle.createUpdate("""
                        insert into entity (kind, id, document, revision)
                        select kind, id, document::json, :number
                        from unnest(:kinds, :ids, :documents) as put (kind, id, document)
                        on conflict (kind, id) do update set document = excluded.document, revision = excluded.revision""")
                .bind("number", number)
                .bindArray("kinds", String.class, column(put, DocumentChange::kind))
                .bindArray("ids", String.class, column(put, DocumentChange::id))
                .bindArray("documents", String.class, column(put, DocumentChange::after))
                .execute();
        handle.createUpdate("""
                        delete from entity using unnest(:kinds, :ids) as gone (kind, id)
                        where entity.kind = gone.kind and entity.id = gone.id""")
                .bindArray("kinds", String.class, column(removed, DocumentChange::kind))
                .bindArray("ids", String.class, column(removed, DocumentChange::id))
                .execute();
    }

    private static boolean removesConsumer(DocumentChange change) {
        return !change.isPut() && change.kind().equals(EntityKind.CONSUMER.word());
    }

    private void changeDefaults(DocumentChange change) {
        handle.execute("""
                insert into defaults (document, revision) values (cast(? as json), ?)
                on conflict (only_row) do update set document = excluded.document, revision = excluded.revision""", change.after(), number);
    }

    private static List<@Nullable String> column(
            List<DocumentChange> changes, Function<? super DocumentChange, @Nullable String> value) {
        return changes.stream().<@Nullable String>map(value).toList();
    }
}
