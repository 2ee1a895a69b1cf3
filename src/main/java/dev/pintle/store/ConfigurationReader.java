package dev.pintle.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.config.Configuration;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads the configuration over one connection, whose transaction sees one snapshot. */
final class ConfigurationReader {
    private final Handle handle;

    ConfigurationReader(Handle handle) {
        this.handle = handle;
    }

    /** The number of the latest revision. */
    long latest() {
        return latest("select number from latest_revision");
    }

    /** Locks the latest revision, so that no other transaction writes a revision until this one ends. */
    long lockLatest() {
        return latest("select number from latest_revision for update");
    }

    private long latest(String query) {
        return handle.select(query)
                .mapTo(long.class)
                .findOne()
                .orElseThrow(() -> new BrokenSchemaException(
                        "table latest_revision is empty; restore it from a backup of the database"));
    }

    Configuration from(Baseline baseline) {
        return switch (baseline) {
            case Baseline.Known(var known) -> since(known);
            case Baseline.Unknown() -> all();
        };
    }

    private Configuration all() {
        ConfigurationAssembler assembler = new ConfigurationAssembler(Configuration.EMPTY);
        handle.select("select id, revision, document from route")
                .reduceResultSet(assembler, ConfigurationReader::addRoute);
        return assembler.configuration(latest(), defaults());
    }

    /** Applies later changes to the known configuration. Reads everything when the history lacks one of them. */
    private Configuration since(Configuration known) {
        long latest = latest();
        if (latest == known.revision()) {
            return known;
        }
        if (latest - known.revision() != revisionsAfter(known.revision())) {
            return all();
        }
        ConfigurationAssembler assembler = new ConfigurationAssembler(known);
        handle.createQuery("""
                        select distinct on (id) id, revision, after as document from change
                        where kind = 'route' and revision > :known
                        order by id, revision desc""")
                .bind("known", known.revision())
                .reduceResultSet(assembler, ConfigurationReader::addRoute);
        return assembler.configuration(latest, defaults());
    }

    /** The rows of the routes that exist, by id. */
    SortedMap<String, StoredRow> routes(Collection<String> ids) {
        SortedMap<String, StoredRow> rows = new TreeMap<>();
        handle.createQuery("select id, revision, document from route where id = any(:ids)")
                .bindArray("ids", String.class, ids)
                .map((row, context) -> {
                    rows.put(row.getString("id"), StoredRow.read(row.getLong("revision"), row.getString("document")));
                    return row.getString("id");
                })
                .list();
        return rows;
    }

    /** Returns empty defaults when the row is missing; the next write of the defaults creates it. */
    StoredRow defaults() {
        return handle.select("select revision, document from defaults")
                .map((row, context) -> StoredRow.read(row.getLong("revision"), row.getString("document")))
                .findOne()
                .orElseGet(() -> StoredRow.of(0, JsonNodeFactory.instance.objectNode()));
    }

    private long revisionsAfter(long known) {
        return handle.createQuery("select count(*) from revision where number > :known")
                .bind("known", known)
                .mapTo(long.class)
                .one();
    }

    /** Adds a route as a revision wrote it; a null document means that the revision removed the route. */
    private static ConfigurationAssembler addRoute(
            ConfigurationAssembler assembler, ResultSet row, StatementContext context) throws SQLException {
        assembler.route(row.getString("id"), row(row.getLong("revision"), row.getString("document")));
        return assembler;
    }

    private static @Nullable StoredRow row(long revision, @Nullable String document) {
        return document == null ? null : StoredRow.read(revision, document);
    }
}
