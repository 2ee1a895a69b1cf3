package dev.pintle.store;

import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Reads and prunes the history of the configuration in PostgreSQL. Safe for all threads; every call borrows one
 * connection and returns it.
 */
public final class HistoryStore {
    private final Jdbi jdbi;

    public HistoryStore(Jdbi jdbi) {
        this.jdbi = jdbi.registerArrayType(String.class, "text").registerArrayType(Long.class, "bigint");
    }

    /** Creates a store that opens a connection for each call, for short-lived commands. */
    public static HistoryStore unpooled(DataSource database) {
        return new HistoryStore(Jdbi.create(database));
    }

    /**
     * Reads from one snapshot of the database.
     *
     * @throws NoSuchRevisionException when the history lacks a requested revision
     */
    public <R> R read(Function<HistoryReader, R> work) throws StoreUnavailableException {
        try {
            return jdbi.inTransaction(handle -> {
                handle.execute(ConfigurationStore.ONE_SNAPSHOT + ConfigurationStore.LIMITS);
                return work.apply(new HistoryReader(handle));
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /**
     * Deletes one small batch of expired revisions, the oldest first. Writers wait while a batch is deleted.
     *
     * @return the number of deleted revisions; zero when none is left
     */
    public int prune(Retention retention) throws StoreUnavailableException {
        try {
            return jdbi.inTransaction(handle -> {
                handle.execute(ConfigurationStore.LIMITS);
                return new HistoryPruning(handle).prune(retention);
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }
}
