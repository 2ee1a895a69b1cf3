package dev.pintle.store;

import java.sql.SQLException;
import org.apache.tomcat.jdbc.pool.PooledConnection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Runs statements that write in one transaction, within the limits of {@link ConfigurationStore}. */
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
     * Keeps the session out of the pool. It may be read-only although new ones are not: after a failover behind a DNS name,
     * or after the read-only mode of the database ended.
     */
    private static void discard(Handle handle) {
        try {
            handle.getConnection().unwrap(PooledConnection.class).setDiscarded(true);
        } catch (SQLException e) {
            // Not of a pool: it is closed after this transaction anyway.
        }
    }
}
