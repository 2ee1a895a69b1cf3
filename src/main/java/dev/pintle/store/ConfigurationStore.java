package dev.pintle.store;

import dev.pintle.config.Configuration;
import dev.pintle.history.Cause;
import dev.pintle.history.RevisionEntry;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Reads and writes the configuration in PostgreSQL. Safe for all threads; every call borrows one connection and returns
 * it.
 *
 * <p>A call ends within seconds when PostgreSQL stalls. {@link DatabaseConfiguration} bounds the silence of a socket,
 * and a call waits at most 3 s for a lock. PostgreSQL ends the transaction of a frozen or disconnected node soon after,
 * so that no other node waits for it. Each transaction sets these limits, because a transaction pooler shares
 * connections between sessions.
 */
public final class ConfigurationStore {
    static final String LIMITS = """
            set local lock_timeout = '3s';
            set local statement_timeout = '15s';
            set local idle_in_transaction_session_timeout = '10s'""";

    static final String ONE_SNAPSHOT = "set transaction isolation level repeatable read read only;\n";

    private final Jdbi jdbi;

    public ConfigurationStore(Jdbi jdbi) {
        this.jdbi = jdbi.registerArrayType(String.class, "text").registerArrayType(Long.class, "bigint");
    }

    /** Creates a store that opens a connection for each call, for short-lived commands. */
    public static ConfigurationStore unpooled(DataSource database) {
        return new ConfigurationStore(Jdbi.create(database));
    }

    /** Reads the whole configuration at the latest revision. */
    public Configuration readAll() throws StoreUnavailableException {
        return read(new Baseline.Unknown());
    }

    /**
     * Reads the configuration at the latest revision. Reads only the changes since a known configuration, if the
     * history has all of them. Reads everything when the known revision is later than the latest, because PostgreSQL
     * was restored or replaced.
     *
     * @return the known instance when its revision is the latest; this reads one row
     */
    public Configuration read(Baseline baseline) throws StoreUnavailableException {
        try {
            return jdbi.inTransaction(handle -> {
                handle.execute(ONE_SNAPSHOT + LIMITS);
                return new ConfigurationReader(handle).from(baseline);
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /** Reads the latest revision as {@link #read} does, and the way back when it is not confirmed. */
    public StoredState readState(Baseline baseline) throws StoreUnavailableException {
        try {
            return jdbi.inTransaction(handle -> {
                handle.execute(ONE_SNAPSHOT + LIMITS);
                return new ConfigurationReader(handle).state(baseline);
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /**
     * Reads the revisions of a range, without their documents.
     *
     * @param after the number before the first
     * @param last the number of the last
     * @param limit the most that are read; the latest have precedence
     */
    public RevisionBatch revisions(long after, long last, int limit) throws StoreUnavailableException {
        try {
            return jdbi.inTransaction(handle -> {
                handle.execute(ONE_SNAPSHOT + LIMITS);
                RevisionQuery query = new RevisionQuery((int) Math.min(limit, last - after), last + 1, null, null);
                List<RevisionEntry> entries = new HistoryReader(handle)
                        .list(query).reversed().stream()
                                .filter(entry -> entry.revision().number() > after)
                                .toList();
                return new RevisionBatch(now(handle), entries);
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    private static Instant now(Handle handle) {
        return handle.select("select now()").mapTo(OffsetDateTime.class).one().toInstant();
    }

    /**
     * Applies all edits in order, in one transaction and one revision, or none of them. Edits without effect create no
     * revision. Writers are serialized, so that a precondition still holds when its edit commits.
     *
     * @throws EditRejectedException when one edit is refused
     * @throws StoreUnavailableException when PostgreSQL did not answer in time; the edits may or may not be stored
     */
    public WriteResult write(Author by, List<Edit> edits) throws EditRejectedException, StoreUnavailableException {
        return write(by, Cause.EDIT, edits);
    }

    /** Writes as {@link #write(Author, List)} does, with another cause. */
    public WriteResult write(Author by, Cause cause, List<Edit> edits)
            throws EditRejectedException, StoreUnavailableException {
        return WriteTransaction.run(jdbi, handle -> new RevisionWriter(handle).write(by, cause, edits));
    }

    /**
     * Computes the edits of a plan from the stored configuration. This blocks no other writer.
     *
     * @throws EditRejectedException when the plan rejects the configuration
     */
    public PlannedEdits plan(EditPlan plan, Baseline baseline) throws EditRejectedException, StoreUnavailableException {
        return inSnapshot(handle -> new RevisionWriter(handle).plan(plan, baseline));
    }

    /**
     * Writes planned edits in one revision, or none of them. If the configuration has changed since, computes the edits
     * again while other writers wait.
     *
     * @throws EditRejectedException when the plan or one of its edits is refused
     * @throws StoreUnavailableException when PostgreSQL did not answer in time; the edits may or may not be stored
     */
    public CommittedPlan write(Author by, Cause cause, PlannedEdits planned)
            throws EditRejectedException, StoreUnavailableException {
        return WriteTransaction.run(jdbi, handle -> new RevisionWriter(handle).write(by, cause, planned));
    }

    /** Computes the changes that a plan would make now. */
    public PlanPreview preview(EditPlan plan, Baseline baseline)
            throws EditRejectedException, StoreUnavailableException {
        return inSnapshot(handle -> {
            RevisionWriter writer = new RevisionWriter(handle);
            return writer.preview(writer.plan(plan, baseline));
        });
    }

    /**
     * Writes as {@link #write(Author, List)} does, and reads the resulting configuration in the same transaction. The
     * caller needs no further read after the commit.
     */
    public CommittedWrite write(Author by, List<Edit> edits, Baseline baseline)
            throws EditRejectedException, StoreUnavailableException {
        return WriteTransaction.run(jdbi, handle -> {
            ConfigurationReader reader = new ConfigurationReader(handle);
            long before = reader.lockLatest();
            WriteResult result = new RevisionWriter(handle).write(by, Cause.EDIT, edits);
            return new CommittedWrite(result, reader.state(reliable(baseline, before)));
        });
    }

    /** Drops a known configuration later than the latest revision: it is older than a restore of the database. */
    private static Baseline reliable(Baseline baseline, long latest) {
        return switch (baseline) {
            case Baseline.Known(var known, var unconfirmed) when known.revision() <= latest -> baseline;
            case Baseline.Known known -> new Baseline.Unknown();
            case Baseline.Unknown unknown -> unknown;
        };
    }

    private <T> T inSnapshot(HandleCallback<T, EditRejectedException> work)
            throws EditRejectedException, StoreUnavailableException {
        try {
            return jdbi.<T, EditRejectedException>inTransaction(handle -> {
                handle.execute(ONE_SNAPSHOT + LIMITS);
                return work.withHandle(handle);
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }
}
