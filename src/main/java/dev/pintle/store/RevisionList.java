package dev.pintle.store;

import dev.pintle.history.ChangedDocument;
import dev.pintle.history.Revision;
import dev.pintle.history.RevisionEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads lists of revisions with their first changes. Used by one thread. */
final class RevisionList {
    /** The most changes of one revision in a list; an import may have thousands. */
    private static final int LISTED_CHANGES = 100;

    private final Handle handle;
    private final long latest;

    /** @param latest the number of the latest revision */
    RevisionList(Handle handle, long latest) {
        this.handle = handle;
        this.latest = latest;
    }

    /** Returns the revisions that match a query, the latest first. */
    List<RevisionEntry> matching(RevisionQuery query) {
        List<Revision> revisions = revisions(query);
        Map<Long, List<ChangedDocument>> changes = changes(revisions);
        return revisions.stream()
                .map(revision -> entry(revision, changes.getOrDefault(revision.number(), List.of())))
                .toList();
    }

    private List<Revision> revisions(RevisionQuery revisionQuery) {
        String from = revisionQuery.route() == null
                ? "revision r"
                : "change c join revision r on r.number = c.revision and c.kind = 'route' and c.id = :route";
        String author = revisionQuery.author() == null ? "" : " and r.author = :author";
        Query query = handle.createQuery("select " + RevisionRows.REVISION + " from " + from
                        + " where r.number < :before" + author + " order by r.number desc limit :limit")
                .bind("before", revisionQuery.before())
                .bind("limit", revisionQuery.limit());
        if (revisionQuery.route() != null) {
            query.bind("route", revisionQuery.route());
        }
        if (revisionQuery.author() != null) {
            query.bind("author", revisionQuery.author());
        }
        return query.map((row, context) -> RevisionRows.revision(row, latest)).list();
    }

    /** The first changes of each revision, with one extra change as a sign that more exist. */
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
}
