package dev.pintle.store;

import dev.pintle.config.Configuration;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The configuration in PostgreSQL. Safe for all threads; every call borrows one connection and gives it back.
 *
 * <p>A call ends within seconds when PostgreSQL stalls: {@link DatabaseConfiguration} bounds how long a socket may be silent,
 * and a lock is waited for at most 3 s. What a node has given up, or was frozen over, PostgreSQL ends by itself soon after, so
 * that no other node waits for it. These limits are set in each transaction rather than once a connection: they hold behind a
 * pooler, too, which hands connections round between transactions.
 */
public final class ConfigurationStore {
    static final String LIMITS = """
            set local lock_timeout = '3s';
            set local statement_timeout = '15s';
            set local idle_in_transaction_session_timeout = '10s'""";

    static final String ONE_SNAPSHOT = "set transaction isolation level repeatable read read only;\n";

    private final Jdbi jdbi;

    public ConfigurationStore(Jdbi jdbi) {
        this.jdbi = jdbi.registerArrayType(String.class, "text");
    }

    /** The configuration over a new connection for each call: for those who make but a few. */
    public static ConfigurationStore unpooled(DataSource database) {
        return new ConfigurationStore(Jdbi.create(database));
    }

    /** Everything, at the latest revision. */
    public Configuration readAll() throws StoreUnavailableException {
        try {
            return jdbi.inTransaction(handle -> {
                handle.execute(ONE_SNAPSHOT + LIMITS);
                return new ConfigurationReader(handle).all();
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /**
     * The known configuration brought to the latest revision, reading only what changed since. It is read whole when the
     * history does not reach back to it, or when the known revision is later than the latest: PostgreSQL was replaced.
     *
     * @return the same instance when its revision is the latest; asking then costs one row
     */
    public Configuration readSince(Configuration known) throws StoreUnavailableException {
        try {
            return jdbi.inTransaction(handle -> {
                handle.execute(ONE_SNAPSHOT + LIMITS);
                return new ConfigurationReader(handle).since(known);
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /**
     * Makes all the edits, in order, in one transaction and one revision; or none of them. Edits that change nothing make no
     * revision. Writers take turns: what a precondition saw holds until its edit is committed.
     *
     * @throws EditRejectedException when one edit is refused
     * @throws StoreUnavailableException when PostgreSQL did not answer in time; the edits may or may not have been made
     */
    public WriteResult write(Author by, List<Edit> edits) throws EditRejectedException, StoreUnavailableException {
        try {
            return jdbi.<WriteResult, EditRejectedException>inTransaction(handle -> {
                handle.execute(LIMITS);
                return new RevisionWriter(handle).write(by, edits);
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }
}
