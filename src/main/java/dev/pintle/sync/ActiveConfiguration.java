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
 * The configuration that this node serves. Threads may read PostgreSQL side by side; what they find is put in force by one
 * at a time, and never something older over something newer. Safe for all threads.
 */
final class ActiveConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveConfiguration.class);

    private final ConfigurationStore store;
    private final ConfigurationListener live;
    private final SnapshotWriter keeper;
    private final Ticker ticker;
    private final InstantSource clock;

    private final Lock turn = new ReentrantLock();

    private volatile View view = new View(Configuration.EMPTY, ConfigurationSource.NONE);
    private volatile long latestAt;
    private volatile boolean databaseUp;
    private volatile boolean holding;
    private volatile @Nullable String fault;

    ActiveConfiguration(
            ConfigurationStore store,
            ConfigurationListener live,
            SnapshotWriter keeper,
            Ticker ticker,
            InstantSource clock) {
        this.store = store;
        this.live = live;
        this.keeper = keeper;
        this.ticker = ticker;
        this.clock = clock;
        this.latestAt = ticker.nanos();
    }

    View view() {
        return view;
    }

    /** Since the configuration was last known to be the latest. */
    Duration age() {
        return Duration.ofNanos(ticker.nanos() - latestAt);
    }

    boolean databaseUp() {
        return databaseUp;
    }

    /** What keeps the configuration from being the latest; null when nothing does. */
    @Nullable
    String fault() {
        return fault;
    }

    /** Whether PostgreSQL is empty and the configuration is kept in force against it. */
    boolean isHolding() {
        return holding;
    }

    /** Reads everything. */
    void reload() throws StoreUnavailableException {
        View known = view;
        long asked = ticker.nanos();
        try {
            take(known, store.read(new Baseline.Unknown()), asked);
        } catch (StoreUnavailableException e) {
            lost(e);
            throw e;
        }
    }

    /** Reads what changed; while PostgreSQL is away, what is in force stays. */
    void catchUp() {
        View known = view;
        long asked = ticker.nanos();
        try {
            take(known, store.read(baseline(known)), asked);
        } catch (StoreUnavailableException e) {
            lost(e);
        }
    }

    /**
     * Writes, and activates the resulting configuration before it returns. The commit is the last step that needs PostgreSQL,
     * so a write that is committed is served.
     */
    WriteResult write(Author by, List<Edit> edits) throws EditRejectedException, StoreUnavailableException {
        turn.lock();
        try {
            View known = view;
            long asked = ticker.nanos();
            CommittedWrite committed = store.write(by, edits, baseline(known));
            take(known, committed.configuration(), asked);
            return committed.result();
        } finally {
            turn.unlock();
        }
    }

    /** Writes what a plan decides, in the same way. Other writers of this node do not wait while it decides. */
    CommittedPlan write(Author by, Cause cause, EditPlan plan) throws EditRejectedException, StoreUnavailableException {
        PlannedEdits planned = store.plan(plan, baseline(view));
        turn.lock();
        try {
            View known = view;
            long asked = ticker.nanos();
            CommittedPlan committed = store.write(by, cause, planned);
            take(known, committed.configuration(), asked);
            return committed;
        } finally {
            turn.unlock();
        }
    }

    PlanPreview preview(EditPlan plan) throws EditRejectedException, StoreUnavailableException {
        return store.preview(plan, baseline(view));
    }

    private Baseline baseline(View known) {
        return inTouch() ? new Baseline.Known(known.configuration) : new Baseline.Unknown();
    }

    /**
     * Reads what changed, unless that revision is in force by then: whoever wrote it and whoever heard of it would both read
     * and compare what one of them can.
     */
    void catchUpWith(long revision) {
        turn.lock();
        try {
            if (!inTouch() || revision != view.configuration.revision()) {
                catchUp();
            }
        } finally {
            turn.unlock();
        }
    }

    /** Serves what was kept on disk, until PostgreSQL tells more. */
    synchronized void begin(Snapshot snapshot) {
        put(new View(snapshot.configuration(), ConfigurationSource.SNAPSHOT));
        Duration age = Duration.between(snapshot.at(), clock.instant());
        latestAt = ticker.nanos() - (age.isNegative() ? 0 : age.toNanos());
        LOG.warn(
                "Serving revision {} from the snapshot of {}.",
                view.configuration.revision(),
                snapshot.at().truncatedTo(ChronoUnit.SECONDS));
    }

    /** Whether revisions can be told by their numbers: another database has the same ones. */
    private boolean inTouch() {
        return fault == null && view.source == ConfigurationSource.DATABASE;
    }

    private synchronized void take(View known, Configuration read, long asked) {
        long current = view.configuration.revision();
        if (!view.equals(known) && read.revision() <= current) {
            return;
        }
        if (read.revision() == 0 && current > 0) {
            hold(current);
            return;
        }
        if (view.source != ConfigurationSource.DATABASE || !read.equals(view.configuration)) {
            if (read.revision() < current) {
                LOG.warn(
                        "PostgreSQL went back from revision {} to {}: it was restored or replaced. Its configuration is put"
                                + " in force; the last snapshot is set aside.",
                        current,
                        read.revision());
            }
            put(new View(read, ConfigurationSource.DATABASE));
            keep(read);
        }
        found(asked);
    }

    private void put(View next) {
        live.publish(next.configuration, next.source);
        view = next;
    }

    /** Revision 0 is no one's wish: it would say nothing that a node without a snapshot does not know. */
    private void keep(Configuration configuration) {
        if (configuration.revision() > 0) {
            keeper.keep(new Snapshot(configuration, clock.instant()));
        }
    }

    private synchronized void found(long asked) {
        holding = false;
        latestAt = asked;
        databaseUp = true;
        if (fault != null) {
            fault = null;
            LOG.info("PostgreSQL serves again; revision {} is in force.", view.configuration.revision());
        }
    }

    private synchronized void lost(StoreUnavailableException reason) {
        if (view.source != ConfigurationSource.NONE && (databaseUp || fault == null)) {
            LOG.warn("{}. Revision {} stays in force.", reason.getMessage(), view.configuration.revision());
        }
        databaseUp = false;
        fault = reason.getMessage();
    }

    private void hold(long current) {
        String reason = "PostgreSQL is empty, as if nothing was ever written to it, but this node knows revision "
                + current + " and keeps it in force; restore the database, or fill it with \"routes import\"";
        if (!reason.equals(fault)) {
            LOG.error("{}.", reason);
        }
        holding = true;
        databaseUp = true;
        fault = reason;
    }

    /** A configuration and where it was read. */
    record View(Configuration configuration, ConfigurationSource source) {}
}
