package dev.pintle.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.EntityKind;
import dev.pintle.history.ConfigurationDocuments;
import dev.pintle.history.DocumentDelta;
import dev.pintle.history.LaterChange;
import dev.pintle.history.Revision;
import dev.pintle.history.RevisionDetail;
import dev.pintle.history.RevisionEntry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads the history over one connection. Its transaction sees one snapshot, or holds the lock on the latest revision,
 * which blocks writes and pruning.
 */
public final class HistoryReader {
    private final Handle handle;
    private final long latest;

    HistoryReader(Handle handle) {
        this.handle = handle;
        this.latest = new ConfigurationReader(handle).latest();
    }

    public long latest() {
        return latest;
    }

    /** Returns the revisions that match a query, the latest first. */
    public List<RevisionEntry> list(RevisionQuery query) {
        return new RevisionList(handle, latest).matching(query);
    }

    /**
     * Returns one revision with all its changes.
     *
     * @throws NoSuchRevisionException when the revision does not exist or was pruned
     */
    public RevisionDetail revision(long number) {
        Revision revision = handle.createQuery(
                        "select " + RevisionRows.REVISION + " from revision r where r.number = :number")
                .bind("number", number)
                .map((row, context) -> RevisionRows.revision(row, latest))
                .findOne()
                .orElseThrow(() -> missing(number));
        List<DocumentDelta> changes =
                deltas(handle.createQuery("select kind, id, before, after from change where revision = :number")
                        .bind("number", number));
        return new RevisionDetail(revision, changes);
    }

    /**
     * Returns the documents whose text differs between two revisions; revision 0 is the empty configuration.
     *
     * @throws NoSuchRevisionException when the history lacks one of them
     */
    public List<DocumentDelta> between(long from, long to) {
        requireKnown(from);
        requireKnown(to);
        if (from > to) {
            return between(to, from).stream().map(DocumentDelta::reversed).toList();
        }
        return deltas(handle.createQuery("""
                        with touched as (
                            select kind, id, min(revision) as first, max(revision) as last from change
                            where revision > :from and revision <= :to
                            group by kind, id)
                        select touched.kind, touched.id, first_change.before, last_change.after
                        from touched
                        join change first_change on first_change.revision = touched.first
                            and first_change.kind = touched.kind and first_change.id = touched.id
                        join change last_change on last_change.revision = touched.last
                            and last_change.kind = touched.kind and last_change.id = touched.id
                        where first_change.before::text is distinct from last_change.after::text""").bind("from", from).bind("to", to));
    }

    /**
     * Returns the documents of a revision, by undoing all later changes of the latest one.
     *
     * @throws NoSuchRevisionException when the history lacks it
     */
    public ConfigurationDocuments at(long number) {
        List<DocumentDelta> since = between(number, latest);
        return current().before(since);
    }

    private ConfigurationDocuments current() {
        SortedMap<String, JsonNode> routes = handle.select("select id, document from route")
                .reduceResultSet(new TreeMap<>(), (documents, row, context) -> {
                    documents.put(row.getString("id"), RevisionRows.json(row.getString("document")));
                    return documents;
                });
        Map<EntityKind, SortedMap<String, JsonNode>> entities = new EnumMap<>(EntityKind.class);
        handle.select("select kind, id, document from entity").reduceResultSet(entities, (documents, row, context) -> {
            JsonNode json = RevisionRows.json(row.getString("document"));
            String id = row.getString("id");
            EntityKind.of(row.getString("kind"))
                    .ifPresent(kind -> documents
                            .computeIfAbsent(kind, key -> new TreeMap<>())
                            .put(id, json));
            return documents;
        });
        return new ConfigurationDocuments(defaults(), routes, entities);
    }

    /** Returns the defaults of a revision. */
    public JsonNode defaultsAt(long number) {
        requireKnown(number);
        return handle.createQuery("""
                        select before from change where kind = 'defaults' and revision > :number
                        order by revision limit 1""")
                .bind("number", number)
                .mapTo(String.class)
                .findOne()
                .map(RevisionRows::json)
                .orElseGet(this::defaults);
    }

    private JsonNode defaults() {
        return RevisionRows.json(new ConfigurationReader(handle).defaults().text());
    }

    /** The revision that reverted another one last. */
    public Optional<Revision> revertOf(long number) {
        return handle.createQuery("select " + RevisionRows.REVISION + """
                         from revision r
                        where r.cause in ('revert', 'auto-revert') and r.cause_revision = :number
                        order by r.number desc limit 1""")
                .bind("number", number)
                .map((row, context) -> RevisionRows.revision(row, latest))
                .findOne();
    }

    /** Returns the first later changes to the documents that a revision changed, the earliest first. */
    public List<LaterChange> changesAfter(long number, int limit) {
        return handle.createQuery("select " + RevisionRows.REVISION + ", " + RevisionRows.CHANGE + """
                         from change mine
                        join change c on c.kind = mine.kind and c.id = mine.id and c.revision > mine.revision
                        join revision r on r.number = c.revision
                        where mine.revision = :number
                        order by c.revision, c.kind, c.id
                        limit :limit""")
                .bind("number", number)
                .bind("limit", limit)
                .map((row, context) -> new LaterChange(RevisionRows.revision(row, latest), RevisionRows.change(row)))
                .list();
    }

    private static List<DocumentDelta> deltas(Query query) {
        return query.map((row, context) -> RevisionRows.delta(row)).stream()
                .sorted(DocumentDelta.ORDER)
                .toList();
    }

    /**
     * Revision 0 is known while revision 1 is. The latest revision is always known, because the routes and defaults
     * have tables of their own.
     */
    private void requireKnown(long number) {
        boolean known = number == latest
                || handle.createQuery("select exists (select from revision where number = :number)")
                        .bind("number", Math.max(1, number))
                        .mapTo(boolean.class)
                        .one();
        if (!known) {
            throw missing(number);
        }
    }

    private NoSuchRevisionException missing(long number) {
        long oldest = handle.select("select coalesce(min(number), 0) from revision")
                .mapTo(long.class)
                .one();
        if (number < 0 || number > latest || number >= oldest) {
            return new NoSuchRevisionException(
                    "Revision " + number + " does not exist; the latest revision is " + latest + '.', false);
        }
        return new NoSuchRevisionException(
                "Revision " + number + " was pruned according to \"history\" in config.yml; the oldest revision"
                        + " kept is "
                        + oldest + '.',
                true);
    }
}
