package dev.pintle.store;

import java.sql.SQLException;
import org.apache.tomcat.jdbc.pool.PooledConnection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Runs writes in one transaction with the timeouts of {@link ConfigurationStore}. */
final class WriteTransaction {
    private WriteTransaction() {}

    static <T, X extends Exception> T run(Jdbi jdbi, HandleCallback<T, X> work) throws X, StoreUnavailableException {
        try {
            return jdbi.<T, X>inTransaction(handle -> {
                handle.execute(ConfigurationStore.LIMITS);
                try {
                    return work.withHandle(handle);
                } catch (JdbiException e) {
                    if (DatabaseErrorTranslator.isReadOnly(e)) {
                        discard(handle);
                    }
                    throw e;
                }
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /**
     * Removes the session from the pool. It may remain read-only when new sessions are writable: after a failover
     * behind a DNS name, or after the read-only mode of the database ended.
     */
    private static void discard(Handle handle) {
        try {
            handle.getConnection().unwrap(PooledConnection.class).setDiscarded(true);
        } catch (SQLException e) {
            // The connection has no pool and closes after this transaction.
        }
    }
}
