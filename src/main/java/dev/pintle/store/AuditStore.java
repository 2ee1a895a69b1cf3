package dev.pintle.store;

import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;

/**
 * The audit table: one row per attempt to write. A revision and its row are one transaction; this class adds the rows of the
 * other attempts. Safe for all threads.
 */
public final class AuditStore {
    private final Jdbi jdbi;

    public AuditStore(Jdbi jdbi) {
        this.jdbi = jdbi.registerArrayType(String.class, "text");
    }

    /**
     * Adds a row unless the call has one.
     *
     * @param age the time since the attempt
     */
    public void add(AuditEntry entry, Duration age) throws StoreUnavailableException {
        WriteTransaction.run(jdbi, handle -> {
            AuditChain chain = new AuditChain(handle);
            AuditedCall call = entry.author().call();
            if (call == null || !chain.contains(call.id())) {
                chain.append(entry, age);
            }
            return entry;
        });
    }

    /** Returns the rows that match a query, the latest first. */
    public List<AuditRow> list(AuditQuery query) throws StoreUnavailableException {
        return inSnapshot(handle -> list(handle, query));
    }

    static List<AuditRow> list(Handle handle, AuditQuery query) {
        StringBuilder sql = new StringBuilder("select * from audit where number < :before");
        sql.append(query.since() == null ? "" : " and at >= :since");
        sql.append(query.author() == null ? "" : " and author = :author");
        sql.append(query.route() == null ? "" : " and routes @> array[cast(:route as text)]");
        Query statement = handle.createQuery(sql + " order by number desc limit :limit")
                .bind("before", query.before())
                .bind("limit", query.limit());
        if (query.since() != null) {
            statement.bind("since", query.since());
        }
        if (query.author() != null) {
            statement.bind("author", query.author());
        }
        if (query.route() != null) {
            statement.bind("route", query.route());
        }
        return statement.map((row, context) -> AuditRow.of(row)).list();
    }

    /** Recomputes all hashes. */
    public AuditVerdict verify() throws StoreUnavailableException {
        return inSnapshot(handle -> new AuditVerification(handle).run());
    }

    private <R> R inSnapshot(HandleCallback<R, RuntimeException> work) throws StoreUnavailableException {
        try {
            return jdbi.inTransaction(handle -> {
                handle.execute(ConfigurationStore.ONE_SNAPSHOT + ConfigurationStore.LIMITS);
                return work.withHandle(handle);
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }
}
