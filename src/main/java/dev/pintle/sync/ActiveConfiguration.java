package dev.pintle.sync;

import dev.pintle.config.Configuration;
import dev.pintle.guard.Breach;
import dev.pintle.routing.table.ConfigurationSource;
import dev.pintle.store.Baseline;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.store.StoredState;
import dev.pintle.store.Unconfirmed;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration that this node serves. Threads may read PostgreSQL concurrently; one thread at a time activates a
 * result, and a newer configuration is never replaced by an older read. Safe for all threads.
 */
final class ActiveConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveConfiguration.class);

    private final ConfirmedReader reader;
    private final ConfigurationListener listener;
    private final ConfirmationDeadline deadline;
    private final DatabaseStatus database;
    private final ActiveSnapshot snapshot;
    private final CredentialSync credentials;
    private final Ticker ticker;
    private final InstantSource clock;

    private volatile View view = new View(Configuration.EMPTY, ConfigurationSource.NONE);

    ActiveConfiguration(
            ConfirmedReader reader,
            ConfigurationListener listener,
            ConfirmationDeadline deadline,
            ActiveSnapshot snapshot,
            CredentialSync credentials,
            Ticker ticker,
            InstantSource clock) {
        this.reader = reader;
        this.listener = listener;
        this.deadline = deadline;
        this.snapshot = snapshot;
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

    /** The state from which PostgreSQL is read: only the later changes, where revision numbers are reliable. */
    Baseline baseline(View known) {
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
            snapshot.save(view.configuration);
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

    /** Serves the snapshot of this node until PostgreSQL is available. */
    synchronized void serveSnapshot(Snapshot stored) {
        serve(stored, ConfigurationSource.SNAPSHOT, "the snapshot");
        snapshot.begin(stored);
    }

    /** Serves the snapshot of a peer until PostgreSQL is available, and keeps it on disk. */
    synchronized void servePeer(Snapshot received, String peer) {
        serve(received, ConfigurationSource.PEER, "the snapshot that peer " + peer + " sent,");
        snapshot.take(received);
    }

    private void serve(Snapshot stored, ConfigurationSource source, String origin) {
        Duration age = Duration.between(stored.at(), clock.instant());
        Unconfirmed unconfirmed = stored.unconfirmedAfter(age);
        deadline.track(unconfirmed);
        publish(new View(
                unconfirmed != null && unconfirmed.pending().isDue() ? unconfirmed.before() : stored.configuration(),
                source));
        credentials.begin(stored.credentials());
        database.age(age);
        LOG.warn(
                "Serving revision {} from {} of {}.",
                view.configuration.revision(),
                origin,
                stored.at().truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * Whether revision numbers identify revisions. After an outage the database may be another one, which uses the same
     * numbers.
     */
    boolean canReadChanges() {
        return database.fault() == null && view.source == ConfigurationSource.DATABASE;
    }

    /**
     * Activates a state, unless the active configuration changed since and is as new.
     *
     * @param known the active configuration before the state was read
     * @param readAt the time before the state was read
     */
    synchronized void activate(View known, StoredState state, long readAt) {
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
        Unconfirmed unconfirmed = state.unconfirmed();
        boolean isNew = view.source != ConfigurationSource.DATABASE || !read.equals(view.configuration);
        boolean begins = unconfirmed != null && deadline.track(unconfirmed);
        if (isNew) {
            if (read.revision() < current) {
                LOG.warn(
                        "PostgreSQL went back from revision {} to {}: it was restored or replaced. Activating its"
                                + " configuration. The previous snapshot is kept with the suffix .previous.",
                        current,
                        read.revision());
            }
            publish(new View(read, ConfigurationSource.DATABASE));
        }
        // The wait ends after this node serves the revert; before, the revision would look confirmed.
        boolean ends = unconfirmed == null && deadline.track(null);
        if (isNew || begins || ends) {
            snapshot.save(read);
        }
    }

    private void publish(View next) {
        listener.publish(next.configuration, next.source);
        view = next;
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
