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
        this.jdbi = jdbi.registerArrayType(String.class, "text").registerArrayType(Long.class, "bigint");
    }

    /** The configuration over a new connection for each call: for those who make but a few. */
    public static ConfigurationStore unpooled(DataSource database) {
        return new ConfigurationStore(Jdbi.create(database));
    }

    /** Everything, at the latest revision. */
    public Configuration readAll() throws StoreUnavailableException {
        return read(new Baseline.Unknown());
    }

    /**
     * The configuration at the latest revision. From a known one only the changes since are read, unless the history does not
     * reach back to it, or its revision is later than the latest because PostgreSQL was restored or replaced.
     *
     * @return the known instance when its revision is the latest; that costs one row
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
     * Makes all the edits, in order, in one transaction and one revision; or none of them. Edits that change nothing make no
     * revision. Writers take turns: what a precondition saw holds until its edit is committed.
     *
     * @throws EditRejectedException when one edit is refused
     * @throws StoreUnavailableException when PostgreSQL did not answer in time; the edits may or may not have been made
     */
    public WriteResult write(Author by, List<Edit> edits) throws EditRejectedException, StoreUnavailableException {
        return write(by, Cause.EDIT, edits);
    }

    /** Writes as {@link #write(Author, List)}, for another cause. */
    public WriteResult write(Author by, Cause cause, List<Edit> edits)
            throws EditRejectedException, StoreUnavailableException {
        return WriteTransaction.run(jdbi, handle -> new RevisionWriter(handle).write(by, cause, edits));
    }

    /**
     * Lets a plan decide its edits from what is stored. It may take its time: no other writer waits for it.
     *
     * @throws EditRejectedException when the plan refuses
     */
    public PlannedEdits plan(EditPlan plan, Baseline baseline) throws EditRejectedException, StoreUnavailableException {
        return inSnapshot(handle -> new RevisionWriter(handle).plan(plan, baseline));
    }

    /**
     * Writes planned edits in one revision, or none of them. When another writer was first, the plan decides again, and no one
     * else writes until it is done.
     *
     * @throws EditRejectedException when the plan or one of its edits is refused
     * @throws StoreUnavailableException when PostgreSQL did not answer in time; the edits may or may not have been made
     */
    public CommittedPlan write(Author by, Cause cause, PlannedEdits planned)
            throws EditRejectedException, StoreUnavailableException {
        return WriteTransaction.run(jdbi, handle -> new RevisionWriter(handle).write(by, cause, planned));
    }

    /** The changes that a plan would make now. */
    public PlanPreview preview(EditPlan plan, Baseline baseline)
            throws EditRejectedException, StoreUnavailableException {
        return inSnapshot(handle -> {
            RevisionWriter writer = new RevisionWriter(handle);
            return writer.preview(writer.plan(plan, baseline));
        });
    }

    /**
     * Writes as {@link #write(Author, List)}, and reads the configuration that results in the same transaction. After the
     * commit the caller needs nothing more of PostgreSQL.
     */
    public CommittedWrite write(Author by, List<Edit> edits, Baseline baseline)
            throws EditRejectedException, StoreUnavailableException {
        return WriteTransaction.run(jdbi, handle -> {
            ConfigurationReader reader = new ConfigurationReader(handle);
            long before = reader.lockLatest();
            WriteResult result = new RevisionWriter(handle).write(by, Cause.EDIT, edits);
            return new CommittedWrite(result, reader.from(reliable(baseline, before)));
        });
    }

    /** A known revision that this database had not reached before the write is of the time before a restore. */
    private static Baseline reliable(Baseline baseline, long latest) {
        return switch (baseline) {
            case Baseline.Known(var known) when known.revision() <= latest -> baseline;
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
