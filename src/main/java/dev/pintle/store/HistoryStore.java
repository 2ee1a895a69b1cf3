package dev.pintle.store;

import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The history of the configuration in PostgreSQL. Safe for all threads; every call borrows one connection and gives it back. */
public final class HistoryStore {
    private final Jdbi jdbi;

    public HistoryStore(Jdbi jdbi) {
        this.jdbi = jdbi.registerArrayType(String.class, "text").registerArrayType(Long.class, "bigint");
    }

    /**
     * Reads from one snapshot of the database.
     *
     * @throws NoSuchRevisionException when the history does not hold a revision that is asked for
     */
    public <R> R read(Function<HistoryReader, R> questions) throws StoreUnavailableException {
        try {
            return jdbi.inTransaction(handle -> {
                handle.execute(ConfigurationStore.ONE_SNAPSHOT + ConfigurationStore.LIMITS);
                return questions.apply(new HistoryReader(handle));
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /**
     * Forgets some of the revisions that are not to be kept, the oldest first; few at a time, as writers wait meanwhile.
     *
     * @return how many were forgotten; zero when none is left to forget
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
