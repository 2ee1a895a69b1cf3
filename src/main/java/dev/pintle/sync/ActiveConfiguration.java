package dev.pintle.sync;

import dev.pintle.config.Configuration;
import dev.pintle.history.Cause;
import dev.pintle.routing.table.ConfigurationSource;
import dev.pintle.store.Author;
import dev.pintle.store.Baseline;
import dev.pintle.store.CommittedPlan;
import dev.pintle.store.CommittedWrite;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.Edit;
import dev.pintle.store.EditPlan;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.PlanPreview;
import dev.pintle.store.PlannedEdits;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.store.WriteResult;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration that this node serves. Threads may read PostgreSQL concurrently; one thread at a time activates a
 * result, and a newer configuration is never replaced by an older read. Safe for all threads.
 */
final class ActiveConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveConfiguration.class);

    private final ConfigurationStore store;
    private final ConfigurationListener listener;
    private final SnapshotWriter snapshots;
    private final CredentialSync credentials;
    private final Ticker ticker;
    private final InstantSource clock;

    private final Lock writeLock = new ReentrantLock();

    private volatile View view = new View(Configuration.EMPTY, ConfigurationSource.NONE);
    private volatile long latestAt;
    private volatile boolean databaseUp;
    private volatile boolean databaseEmpty;
    private volatile @Nullable String fault;
    private @Nullable Snapshot saved;

    ActiveConfiguration(
            ConfigurationStore store,
            ConfigurationListener listener,
            SnapshotWriter snapshots,
            CredentialSync credentials,
            Ticker ticker,
            InstantSource clock) {
        this.store = store;
        this.listener = listener;
        this.snapshots = snapshots;
        this.credentials = credentials;
        this.ticker = ticker;
        this.clock = clock;
        this.latestAt = ticker.nanos();
    }

    View view() {
        return view;
    }

    /** The time since the configuration was last known to be the latest. */
    Duration age() {
        return Duration.ofNanos(ticker.nanos() - latestAt);
    }

    boolean databaseUp() {
        return databaseUp;
    }

    /** The reason why the configuration may not be the latest; null when it is. */
    @Nullable
    String fault() {
        return fault;
    }

    /** Whether PostgreSQL is empty while this node keeps its known configuration. */
    boolean isDatabaseEmpty() {
        return databaseEmpty;
    }

    /** Reads the whole configuration and activates it. */
    void reload() throws StoreUnavailableException {
        View known = view;
        long readAt = ticker.nanos();
        try {
            activate(known, store.read(new Baseline.Unknown()), readAt);
        } catch (StoreUnavailableException e) {
            markUnavailable(e);
            throw e;
        }
    }

    /** Reads the changes and activates them. Keeps the active configuration while PostgreSQL is unavailable. */
    void catchUp() {
        View known = view;
        long readAt = ticker.nanos();
        try {
            activate(known, store.read(baseline(known)), readAt);
        } catch (StoreUnavailableException e) {
            markUnavailable(e);
        }
    }

    /**
     * Writes, and activates the resulting configuration before it returns. No step after the commit needs PostgreSQL,
     * so this node always serves a committed write.
     */
    WriteResult write(Author by, List<Edit> edits) throws EditRejectedException, StoreUnavailableException {
        writeLock.lock();
        try {
            View known = view;
            long readAt = ticker.nanos();
            CommittedWrite committed = store.write(by, edits, baseline(known));
            activate(known, committed.configuration(), readAt);
            return committed.result();
        } finally {
            writeLock.unlock();
        }
    }

    /**
     * Writes the edits of a plan, and activates the result in the same way. Computes the edits before it blocks other
     * writers of this node.
     */
    CommittedPlan write(Author by, Cause cause, EditPlan plan) throws EditRejectedException, StoreUnavailableException {
        PlannedEdits planned = store.plan(plan, baseline(view));
        writeLock.lock();
        try {
            View known = view;
            long readAt = ticker.nanos();
            CommittedPlan committed = store.write(by, cause, planned);
            activate(known, committed.configuration(), readAt);
            return committed;
        } finally {
            writeLock.unlock();
        }
    }

    PlanPreview preview(EditPlan plan) throws EditRejectedException, StoreUnavailableException {
        return store.preview(plan, baseline(view));
    }

    private Baseline baseline(View known) {
        return canReadChanges() ? new Baseline.Known(known.configuration) : new Baseline.Unknown();
    }

    /** Reads the changes up to a notified revision, unless it is active already, because this node wrote it. */
    void catchUpWith(long revision) {
        writeLock.lock();
        try {
            if (!canReadChanges() || revision != view.configuration.revision()) {
                catchUp();
            }
        } finally {
            writeLock.unlock();
        }
    }

    /** Serves the snapshot until PostgreSQL is available. */
    synchronized void serveSnapshot(Snapshot snapshot) {
        publish(new View(snapshot.configuration(), ConfigurationSource.SNAPSHOT));
        credentials.begin(snapshot.credentials());
        saved = snapshot;
        Duration age = Duration.between(snapshot.at(), clock.instant());
        latestAt = ticker.nanos() - (age.isNegative() ? 0 : age.toNanos());
        LOG.warn(
                "Serving revision {} from the snapshot of {}.",
                view.configuration.revision(),
                snapshot.at().truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * Whether revision numbers identify revisions. After an outage the database may be another one, which uses the same
     * numbers.
     */
    private boolean canReadChanges() {
        return fault == null && view.source == ConfigurationSource.DATABASE;
    }

    private synchronized void activate(View known, Configuration read, long readAt) {
        long current = view.configuration.revision();
        if (!view.equals(known) && read.revision() <= current) {
            return;
        }
        if (read.revision() == 0 && current > 0) {
            keepDespiteEmptyDatabase(current);
            return;
        }
        if (view.source != ConfigurationSource.DATABASE || !read.equals(view.configuration)) {
            if (read.revision() < current) {
                LOG.warn(
                        "PostgreSQL went back from revision {} to {}: it was restored or replaced. Activating its"
                                + " configuration. The previous snapshot is kept with the suffix .previous.",
                        current,
                        read.revision());
            }
            publish(new View(read, ConfigurationSource.DATABASE));
            saveSnapshot(read);
        }
        markLatest(readAt);
    }

    private void publish(View next) {
        listener.publish(next.configuration, next.source);
        view = next;
    }

    /** Skips revision 0, which holds nothing to restore. */
    private void saveSnapshot(Configuration configuration) {
        if (configuration.revision() > 0) {
            saved = new Snapshot(configuration, credentials.current(), clock.instant());
            snapshots.save(saved);
        }
    }

    /** Saves the snapshot again, with the present credentials. */
    synchronized void saveCredentials() {
        if (saved != null) {
            saved = saved.with(credentials.current());
            snapshots.save(saved);
        }
    }

    /** Reads the credentials if they changed, unless PostgreSQL is empty and the node keeps its configuration. */
    void catchUpCredentials() {
        if (!databaseEmpty) {
            credentials.catchUp();
        }
    }

    private synchronized void markLatest(long readAt) {
        databaseEmpty = false;
        latestAt = readAt;
        databaseUp = true;
        if (fault != null) {
            fault = null;
            LOG.info("PostgreSQL is available again. Revision {} is active.", view.configuration.revision());
        }
    }

    private synchronized void markUnavailable(StoreUnavailableException reason) {
        if (view.source != ConfigurationSource.NONE && (databaseUp || fault == null)) {
            LOG.warn("{}. Keeping revision {}.", reason.getMessage(), view.configuration.revision());
        }
        databaseUp = false;
        fault = reason.getMessage();
    }

    private void keepDespiteEmptyDatabase(long current) {
        String reason = "PostgreSQL is empty (revision 0), but this node knows revision " + current
                + " and keeps it; restore the database, or fill it with \"routes import\"";
        if (!reason.equals(fault)) {
            LOG.error("{}.", reason);
        }
        databaseEmpty = true;
        databaseUp = true;
        fault = reason;
    }

    /** A configuration and where it was read. */
    record View(Configuration configuration, ConfigurationSource source) {}
}
