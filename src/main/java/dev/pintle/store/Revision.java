package dev.pintle.store;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The rows of one revision. Many changes go as batches: ten thousand routes do not take ten thousand round trips. */
final class Revision {
    private final Handle handle;
    private final long number;

    Revision(Handle handle, long number) {
        this.handle = handle;
        this.number = number;
    }

    /** Writes the history and the changes. Every node hears of it when the transaction commits, and not before. */
    void record(Author by, List<Change> changes) {
        handle.execute("update latest_revision set number = ?", number);
        handle.execute(
                "insert into revision (number, author, reason) values (?, ?, ?)", number, by.name(), by.reason());
        insertHistory(changes);
        changeRoutes(changes);
        changeDefaults(changes);
        handle.execute("select pg_notify(?, ?)", Notifications.CHANNEL, Long.toString(number));
    }

    private void insertHistory(List<Change> changes) {
        PreparedBatch history = handle.prepareBatch("""
                insert into change (revision, kind, id, before, after)
                values (:number, :kind, :id, cast(:before as json), cast(:after as json))""");
        for (Change change : changes) {
            history.bind("number", number)
                    .bind("kind", change.kind())
                    .bind("id", change.id())
                    .bind("before", Documents.text(change.before()))
                    .bind("after", Documents.text(change.after()))
                    .add();
        }
        history.execute();
    }

    private void changeRoutes(List<Change> changes) {
        PreparedBatch put = handle.prepareBatch("""
                insert into route (id, document, match_key, revision)
                values (:id, cast(:after as json), :matchKey, :number)
                on conflict (id) do update
                set document = excluded.document, match_key = excluded.match_key, revision = excluded.revision""");
        PreparedBatch removal = handle.prepareBatch("delete from route where id = :id");
        for (Change change : changes) {
            if (change instanceof Change.OfRoute route && route.after() != null) {
                put.bind("id", route.id())
                        .bind("after", Documents.text(route.after()))
                        .bind("matchKey", route.matchKey())
                        .bind("number", number)
                        .add();
            } else if (change instanceof Change.OfRoute route) {
                removal.bind("id", route.id()).add();
            }
        }
        put.execute();
        removal.execute();
    }

    private void changeDefaults(List<Change> changes) {
        for (Change change : changes) {
            if (change instanceof Change.OfDefaults defaults) {
                handle.execute(
                        "update defaults set document = cast(? as json), revision = ?",
                        Documents.text(defaults.after()),
                        number);
            }
        }
    }
}
