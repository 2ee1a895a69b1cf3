package dev.pintle.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.history.ChangedDocument;
import dev.pintle.history.ConfigurationDocuments;
import dev.pintle.history.DocumentDelta;
import dev.pintle.history.LaterChange;
import dev.pintle.history.Revision;
import dev.pintle.history.RevisionDetail;
import dev.pintle.history.RevisionEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads the history over one connection. Its transaction sees one snapshot, or holds the lock on the latest revision: then no
 * one writes or prunes.
 */
public final class HistoryReader {
    /** A list shows so many changes of each revision at most; an import may have thousands. */
    private static final int LISTED_CHANGES = 100;

    private final Handle handle;
    private final long latest;

    HistoryReader(Handle handle) {
        this.handle = handle;
        this.latest = new ConfigurationReader(handle).latest();
    }

    public long latest() {
        return latest;
    }

    /** The revisions that a query asks for, the latest first. */
    public List<RevisionEntry> list(RevisionQuery query) {
        List<Revision> revisions = revisions(query);
        Map<Long, List<ChangedDocument>> changes = changes(revisions);
        return revisions.stream()
                .map(revision -> entry(revision, changes.getOrDefault(revision.number(), List.of())))
                .toList();
    }

    private List<Revision> revisions(RevisionQuery asked) {
        String from = asked.route() == null
                ? "revision r"
                : "change c join revision r on r.number = c.revision and c.kind = 'route' and c.id = :route";
        String author = asked.author() == null ? "" : " and r.author = :author";
        Query query = handle.createQuery("select " + RevisionRows.REVISION + " from " + from
                        + " where r.number < :before" + author + " order by r.number desc limit :limit")
                .bind("before", asked.before())
                .bind("limit", asked.limit());
        if (asked.route() != null) {
            query.bind("route", asked.route());
        }
        if (asked.author() != null) {
            query.bind("author", asked.author());
        }
        return query.map((row, context) -> RevisionRows.revision(row, latest)).list();
    }

    /** The first changes of each revision, and one more when there are more. */
    private Map<Long, List<ChangedDocument>> changes(List<Revision> revisions) {
        return handle.createQuery("select n.number, " + RevisionRows.CHANGE + """
                         from unnest(:numbers) as n (number)
                        cross join lateral (
                            select kind, id, before, after from change where revision = n.number
                            order by kind, id limit :limit) as c""")
                .bindArray(
                        "numbers",
                        Long.class,
                        revisions.stream().map(Revision::number).toList())
                .bind("limit", LISTED_CHANGES + 1)
                .reduceResultSet(new HashMap<>(), (changes, row, context) -> {
                    changes.computeIfAbsent(row.getLong("number"), number -> new ArrayList<>())
                            .add(RevisionRows.change(row));
                    return changes;
                });
    }

    private RevisionEntry entry(Revision revision, List<ChangedDocument> changes) {
        if (changes.size() <= LISTED_CHANGES) {
            return new RevisionEntry(revision, changes, changes.size());
        }
        int all = handle.createQuery("select count(*) from change where revision = :number")
                .bind("number", revision.number())
                .mapTo(int.class)
                .one();
        return new RevisionEntry(revision, changes.subList(0, LISTED_CHANGES), all);
    }

    /**
     * One revision with all that it changed.
     *
     * @throws NoSuchRevisionException when it does not exist, or not any more
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
     * The documents whose text differs between two revisions; revision 0 is the empty configuration.
     *
     * @throws NoSuchRevisionException when the history does not hold one of them
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
     * The documents of a revision: those of the latest one with all later changes undone.
     *
     * @throws NoSuchRevisionException when the history does not hold it
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
        return new ConfigurationDocuments(defaults(), routes);
    }

    /** The defaults of a revision. */
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

    /** The first of the later changes to the documents that a revision changed, the earliest first. */
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

    /** Revision 0 is known while revision 1 is; the latest one always is, as the routes and defaults are kept beside it. */
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
                    "There is no revision " + number + "; the latest one is " + latest + '.', false);
        }
        return new NoSuchRevisionException(
                "Revision " + number + " was pruned, as \"history\" in config.yml says; the oldest one kept is "
                        + oldest + '.',
                true);
    }
}
