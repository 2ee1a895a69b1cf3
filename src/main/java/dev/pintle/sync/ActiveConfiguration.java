package dev.pintle.sync;

import dev.pintle.config.Configuration;
import dev.pintle.guard.Breach;
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
import dev.pintle.store.StoredState;
import dev.pintle.store.Unconfirmed;
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
    private final ConfirmedReader reader;
    private final ConfigurationListener listener;
    private final ConfirmationDeadline deadline;
    private final DatabaseStatus database;
    private final SnapshotWriter snapshots;
    private final CredentialSync credentials;
    private final Ticker ticker;
    private final InstantSource clock;

    private final Lock writeLock = new ReentrantLock();

    private @Nullable Snapshot saved;
    private volatile View view = new View(Configuration.EMPTY, ConfigurationSource.NONE);

    ActiveConfiguration(
            ConfigurationStore store,
            ConfirmedReader reader,
            ConfigurationListener listener,
            ConfirmationDeadline deadline,
            SnapshotWriter snapshots,
            CredentialSync credentials,
            Ticker ticker,
            InstantSource clock) {
        this.store = store;
        this.reader = reader;
        this.listener = listener;
        this.deadline = deadline;
        this.snapshots = snapshots;
        this.credentials = credentials;
        this.ticker = ticker;
        this.clock = clock;
        this.database = new DatabaseStatus(ticker);
    }

    View view() {
        return view;
    }

    DatabaseStatus database() {
        return database;
    }

    /** Reads the whole configuration and activates it. */
    void reload() throws StoreUnavailableException {
        read(view, new Baseline.Unknown());
    }

    /** Reads the changes and activates them. Keeps the active configuration while PostgreSQL is unavailable. */
    void catchUp() {
        View known = view;
        try {
            read(known, baseline(known));
        } catch (StoreUnavailableException e) {
            LOG.debug("Cannot read the changes.", e);
        }
    }

    private void read(View known, Baseline baseline) throws StoreUnavailableException {
        long readAt = ticker.nanos();
        try {
            activate(known, reader.read(baseline), readAt);
        } catch (StoreUnavailableException e) {
            database.markUnavailable(e, view.source != ConfigurationSource.NONE, view.configuration.revision());
            throw e;
        }
    }

    /**
     * Writes, and activates the resulting configuration before it returns. No step after the commit needs PostgreSQL,
     * so this node always serves a committed write.
     */
    WriteResult write(Author by, List<Edit> edits) throws EditRejectedException, StoreUnavailableException {
        deadline.ifDue(this::catchUp);
        writeLock.lock();
        try {
            View known = view;
            long readAt = ticker.nanos();
            CommittedWrite committed = store.write(by, edits, baseline(known));
            activate(known, committed.state(), readAt);
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
        deadline.ifDue(this::catchUp);
        PlannedEdits planned = store.plan(plan, baseline(view));
        writeLock.lock();
        try {
            View known = view;
            long readAt = ticker.nanos();
            CommittedPlan committed = store.write(by, cause, planned);
            activate(known, committed.state(), readAt);
            return committed;
        } finally {
            writeLock.unlock();
        }
    }

    PlanPreview preview(EditPlan plan) throws EditRejectedException, StoreUnavailableException {
        return store.preview(plan, baseline(view));
    }

    private Baseline baseline(View known) {
        return canReadChanges()
                ? new Baseline.Known(known.configuration, deadline.unconfirmed())
                : new Baseline.Unknown();
    }

    /**
     * Confirms a revision, and knows it before it returns.
     *
     * @return whether it did; otherwise that revision does not wait, or its time is over
     */
    boolean confirm(long revision) throws StoreUnavailableException {
        boolean confirmed = reader.confirm(revision);
        if (confirmed) {
            endWait(revision);
        }
        catchUp();
        return confirmed;
    }

    private synchronized void endWait(long revision) {
        if (view.configuration.revision() == revision && deadline.track(null)) {
            saveSnapshot(view.configuration);
        }
    }

    /** Serves the configuration before the unconfirmed revision, because PostgreSQL is unavailable to revert it. */
    synchronized void goBack() {
        Unconfirmed left = deadline.leave();
        if (left != null && view.configuration.revision() == left.revision()) {
            Breach breach = deadline.breach(left.revision());
            LOG.warn(
                    "Going back from revision {} to {}: {}. PostgreSQL is unavailable; the revert is written once it is"
                            + " available.",
                    left.revision(),
                    left.before().revision(),
                    breach == null ? "it was not confirmed in time" : breach.text());
            publish(new View(left.before(), view.source));
        }
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
        Duration age = Duration.between(snapshot.at(), clock.instant());
        Unconfirmed unconfirmed = snapshot.unconfirmedAfter(age);
        deadline.track(unconfirmed);
        publish(new View(
                unconfirmed != null && unconfirmed.pending().isDue() ? unconfirmed.before() : snapshot.configuration(),
                ConfigurationSource.SNAPSHOT));
        credentials.begin(snapshot.credentials());
        saved = snapshot;
        database.age(age);
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
        return database.fault() == null && view.source == ConfigurationSource.DATABASE;
    }

    private synchronized void activate(View known, StoredState state, long readAt) {
        Configuration read = state.configuration();
        long current = view.configuration.revision();
        if (!view.equals(known) && read.revision() <= current) {
            return;
        }
        if (read.revision() == 0 && current > 0) {
            database.markEmpty(current);
            return;
        }
        if (!deadline.hasLeft(state.unconfirmed())) {
            activate(state);
        }
        database.markLatest(readAt, view.configuration.revision());
    }

    private void activate(StoredState state) {
        Configuration read = state.configuration();
        long current = view.configuration.revision();
        boolean confirmationChanged = deadline.track(state.unconfirmed());
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
        } else if (confirmationChanged) {
            saveSnapshot(read);
        }
    }

    private void publish(View next) {
        listener.publish(next.configuration, next.source);
        view = next;
    }

    private void saveSnapshot(Configuration configuration) {
        saved = new Snapshot(configuration, credentials.current(), clock.instant(), deadline.unconfirmed());
        snapshots.save(saved);
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
        if (!database.isEmpty()) {
            credentials.catchUp();
        }
    }

    /** A configuration and where it was read. */
    record View(Configuration configuration, ConfigurationSource source) {}
}
