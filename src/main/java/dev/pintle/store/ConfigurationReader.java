package dev.pintle.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            case Baseline.Known(var known, var unconfirmed) -> since(known);
            case Baseline.Unknown() -> all();
        };
    }

    /** Reads the configuration, and the way back when it is not confirmed. */
    StoredState state(Baseline baseline) {
        Configuration configuration = from(baseline);
        return new StoredState(
                configuration,
                new ConfirmationRow(handle)
                        .pending()
                        .map(pending -> new Unconfirmed(pending, before(configuration, baseline)))
                        .orElse(null));
    }

    private Configuration before(Configuration configuration, Baseline baseline) {
        return switch (baseline) {
            case Baseline.Known(var known, var unconfirmed)
            when unconfirmed != null && unconfirmed.revision() == configuration.revision() -> unconfirmed.before();
            case Baseline.Known(var known, var unconfirmed)
            when known.revision() == configuration.revision() - 1 -> known;
            default -> undone(configuration);
        };
    }

    /** The configuration without its latest revision. Its documents count as written by the revision before. */
    private Configuration undone(Configuration configuration) {
        long before = configuration.revision() - 1;
        ConfigurationAssembler assembler = new ConfigurationAssembler(configuration);
        handle.createQuery("""
                        select kind, id, :before as revision, before as document from change
                        where kind <> 'defaults' and revision = :undone""")
                .bind("before", before)
                .bind("undone", configuration.revision())
                .reduceResultSet(assembler, ConfigurationReader::add);
        StoredRow defaults = handle.createQuery(
                        "select before from change where kind = 'defaults' and revision = :undone")
                .bind("undone", configuration.revision())
                .mapTo(String.class)
                .findOne()
                .map(text -> StoredRow.read(before, text))
                .orElseGet(this::defaults);
        return assembler.configuration(before, defaults);
    }

    private Configuration all() {
        ConfigurationAssembler assembler = new ConfigurationAssembler(Configuration.EMPTY);
        handle.select("""
                        select 'route' as kind, id, revision, document from route
                        union all select kind, id, revision, document from entity""").reduceResultSet(assembler, ConfigurationReader::add);
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
                        select distinct on (kind, id) kind, id, revision, after as document from change
                        where kind <> 'defaults' and revision > :known
                        order by kind, id, revision desc""").bind("known", known.revision()).reduceResultSet(assembler, ConfigurationReader::add);
        return assembler.configuration(latest, defaults());
    }

    /** The rows of the documents that exist; always includes the defaults. */
    Map<DocumentKey, StoredRow> documents(List<DocumentKey> keys) {
        Map<DocumentKey, StoredRow> rows = new HashMap<>();
        rows.put(DocumentKey.DEFAULTS, defaults());
        List<String> routes =
                keys.stream().filter(DocumentKey::isRoute).map(DocumentKey::id).toList();
        List<DocumentKey> entities =
                keys.stream().filter(key -> !key.isRoute() && !key.isDefaults()).toList();
        handle.createQuery("""
                        select 'route' as kind, id, revision, document from route where id = any(:routes)
                        union all
                        select entity.kind, entity.id, revision, document
                        from entity join unnest(:kinds, :ids) as named (kind, id)
                            on named.kind = entity.kind and named.id = entity.id""")
                .bindArray("routes", String.class, routes)
                .bindArray(
                        "kinds",
                        String.class,
                        entities.stream().map(DocumentKey::kind).toList())
                .bindArray(
                        "ids",
                        String.class,
                        entities.stream().map(DocumentKey::id).toList())
                .reduceResultSet(rows, (read, row, context) -> {
                    DocumentKey key = new DocumentKey(row.getString("kind"), row.getString("id"));
                    read.put(key, StoredRow.read(row.getLong("revision"), row.getString("document")));
                    return read;
                });
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

    /** Adds a document as a revision wrote it; null means that the revision removed it. */
    private static ConfigurationAssembler add(ConfigurationAssembler assembler, ResultSet row, StatementContext context)
            throws SQLException {
        DocumentKey key = new DocumentKey(row.getString("kind"), row.getString("id"));
        assembler.put(key, row(row.getLong("revision"), row.getString("document")));
        return assembler;
    }

    private static @Nullable StoredRow row(long revision, @Nullable String document) {
        return document == null ? null : StoredRow.read(revision, document);
    }
}
