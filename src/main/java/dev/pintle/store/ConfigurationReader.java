package dev.pintle.store;

import dev.pintle.config.Configuration;
import dev.pintle.config.VersionedDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads the configuration over one connection; what belongs together is read in one transaction with one snapshot. */
final class ConfigurationReader {
    private final Handle handle;

    ConfigurationReader(Handle handle) {
        this.handle = handle;
    }

    /** The number of the latest revision. */
    long latest() {
        return handle.select("select number from latest_revision")
                .mapTo(long.class)
                .one();
    }

    /** The number of the latest revision, locked: until the transaction ends, no one else writes another. */
    long lockLatest() {
        return handle.select("select number from latest_revision for update")
                .mapTo(long.class)
                .one();
    }

    Configuration all() {
        SortedMap<String, VersionedDocument> routes = handle.select("select id, revision, document from route")
                .reduceResultSet(new TreeMap<>(), ConfigurationReader::put);
        return new Configuration(latest(), defaults(), routes);
    }

    /** The known configuration with what later revisions changed; everything where the history does not tell. */
    Configuration since(Configuration known) {
        long latest = latest();
        if (latest == known.revision()) {
            return known;
        }
        if (latest - known.revision() != revisionsAfter(known.revision())) {
            return all();
        }
        SortedMap<String, VersionedDocument> routes = handle.createQuery("""
                        select distinct on (id) id, revision, after as document from change
                        where kind = 'route' and revision > :known
                        order by id, revision desc""")
                .bind("known", known.revision())
                .reduceResultSet(new TreeMap<>(known.routes()), ConfigurationReader::put);
        return new Configuration(latest, defaults(), routes);
    }

    /** Those of the routes that exist, by id. */
    SortedMap<String, VersionedDocument> routes(Collection<String> ids) {
        return handle.createQuery("select id, revision, document from route where id = any(:ids)")
                .bindArray("ids", String.class, ids)
                .reduceResultSet(new TreeMap<>(), ConfigurationReader::put);
    }

    VersionedDocument defaults() {
        return handle.select("select revision, document from defaults")
                .map((row, context) -> stored(row.getLong("revision"), row.getString("document")))
                .one();
    }

    private long revisionsAfter(long known) {
        return handle.createQuery("select count(*) from revision where number > :known")
                .bind("known", known)
                .mapTo(long.class)
                .one();
    }

    /** Puts a route as a revision left it; without a document, it removed it. */
    private static SortedMap<String, VersionedDocument> put(
            SortedMap<String, VersionedDocument> routes, ResultSet row, StatementContext context) throws SQLException {
        String id = row.getString("id");
        String document = row.getString("document");
        if (document == null) {
            routes.remove(id);
        } else {
            routes.put(id, stored(row.getLong("revision"), document));
        }
        return routes;
    }

    private static VersionedDocument stored(long revision, String document) {
        return new VersionedDocument(revision, JsonColumns.read(document));
    }
}
