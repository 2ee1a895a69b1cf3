package dev.pintle.store;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.result.ResultIterator;

/**
 * Reads and restores the configuration, the credentials of consumers and the history, row by row. Overrides, nodes and the audit
 * table are not part of a backup.
 */
public final class BackupStore {
    private static final int ROWS_PER_FETCH = 500;

    private final Jdbi jdbi;

    private BackupStore(Jdbi jdbi) {
        this.jdbi = jdbi.registerArrayType(String.class, "text");
    }

    /** Creates a store that opens a connection for each call. */
    public static BackupStore unpooled(DataSource database) {
        return new BackupStore(Jdbi.create(database));
    }

    /**
     * Reads every row of one snapshot of the database.
     *
     * @return the latest revision
     * @throws IOException when the sink throws it
     */
    public long read(BackupHistory history, BackupSink sink) throws IOException, StoreUnavailableException {
        try {
            return jdbi.<Long, IOException>inTransaction(handle -> {
                handle.execute(ConfigurationStore.ONE_SNAPSHOT + ConfigurationStore.LIMITS);
                for (BackupTable table : BackupTable.values()) {
                    read(handle, table, history, sink);
                }
                return new ConfigurationReader(handle).latest();
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    private static void read(Handle handle, BackupTable table, BackupHistory history, BackupSink sink)
            throws IOException {
        try (ResultIterator<String> rows = handle.createQuery(table.select(history))
                .setFetchSize(ROWS_PER_FETCH)
                .mapTo(String.class)
                .iterator()) {
            while (rows.hasNext()) {
                sink.accept(new BackupRow(table, onOneLine(rows.next())));
            }
        }
    }

    /** Documents keep the line breaks of their author. In JSON, a raw line break is white space. */
    private static String onOneLine(String json) {
        return json.replace('\n', ' ').replace('\r', ' ');
    }

    /**
     * Restores all rows into a database without a configuration, or none of them. Nodes follow at once.
     *
     * @return the latest revision
     * @throws DatabaseNotEmptyException when the database has a configuration
     */
    public long restore(Author author, Stream<BackupRow> rows)
            throws DatabaseNotEmptyException, StoreUnavailableException {
        return WriteTransaction.<Long, DatabaseNotEmptyException>run(jdbi, handle -> {
            requireEmpty(handle);
            rows.gather(Gatherers.windowFixed(ROWS_PER_FETCH)).forEach(window -> insert(handle, window));
            CredentialStore.changed(handle);
            long revision = new ConfigurationReader(handle).latest();
            new AuditChain(handle).append(AuditEntry.ofRevision(author, revision, List.of()), Duration.ZERO);
            handle.execute("select pg_notify(?, ?)", RevisionNotifications.CHANNEL, Notice.text(revision, false));
            return revision;
        });
    }

    /** Locks the latest revision, so that no node writes before the restore commits. */
    private static void requireEmpty(Handle handle) throws DatabaseNotEmptyException {
        long revision = new ConfigurationReader(handle).lockLatest();
        boolean used = handle.select("""
                        select exists (select from route) or exists (select from entity) or exists (select from credential)
                            or exists (select from revision)""").mapTo(boolean.class).one();
        if (revision > 0 || used) {
            throw new DatabaseNotEmptyException(revision);
        }
    }

    private static void insert(Handle handle, List<BackupRow> rows) {
        Map<BackupTable, List<String>> tables = rows.stream()
                .collect(Collectors.groupingBy(
                        BackupRow::table,
                        LinkedHashMap::new,
                        Collectors.mapping(BackupRow::json, Collectors.toList())));
        tables.forEach((table, json) -> handle.createUpdate(table.insert())
                .bindArray("rows", String.class, json)
                .execute());
    }
}
