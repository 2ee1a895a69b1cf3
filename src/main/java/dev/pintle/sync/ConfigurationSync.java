package dev.pintle.sync;

import dev.pintle.config.Configuration;
import dev.pintle.history.Cause;
import dev.pintle.store.Author;
import dev.pintle.store.CommittedPlan;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.Edit;
import dev.pintle.store.EditPlan;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.PlanPreview;
import dev.pintle.store.RevisionNotifications;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.store.WriteResult;
import dev.pintle.time.Ticker;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what this node serves in step with PostgreSQL: within milliseconds of a write on another node while changes are
 * announced, within a second or so otherwise. While PostgreSQL is away, what is in force stays. Safe for all threads.
 *
 * <p>PostgreSQL is the truth, also when it went back to an earlier revision because it was restored or replaced. There is one
 * exception: revision 0, a database that nothing was ever written to, takes nothing away from a node that knows more. An empty
 * database is a wrong URL or a lost disk far more often than a wish, and following it would answer every request of the fleet
 * with 404. The node keeps what it knows, says so in its log and its status, admits no single edit, which would put that one
 * route in the place of all, and follows again once the database was restored or filled by an import. To begin afresh on
 * purpose, delete the snapshot before the node starts.
 */
public final class ConfigurationSync implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationSync.class);

    private final SnapshotFile file;
    private final SnapshotWriter keeper;
    private final ActiveConfiguration served;
    private final OperatorOverrides orders;
    private final ConfigurationWatcher follower;

    /**
     * One for a node.
     *
     * @param orders heard of along with the configuration
     * @param live takes every configuration that is to be in force
     * @param clock dates the snapshots
     * @param random spreads the tries of a fleet to reach PostgreSQL
     */
    public ConfigurationSync(
            ConfigurationStore store,
            RevisionNotifications notifications,
            OperatorOverrides orders,
            SnapshotFile file,
            ConfigurationListener live,
            Ticker ticker,
            InstantSource clock,
            RandomGenerator random) {
        this.file = file;
        this.keeper = new SnapshotWriter(file, ticker);
        this.served = new ActiveConfiguration(store, live, keeper, ticker, clock);
        this.orders = orders;
        this.follower = new ConfigurationWatcher(
                notifications, served, orders, new RevisionLog(store), new ReconnectBackoff(random));
    }

    /**
     * Puts the first configuration in force, from PostgreSQL or else from the snapshot, and begins to follow changes.
     *
     * @throws StoreUnavailableException when PostgreSQL is away and there is no snapshot that can be relied on; the message
     *     says what is wrong with each. Nothing was started then.
     */
    public void start() throws StoreUnavailableException {
        try {
            served.reload();
            orders.catchUp();
            if (current().revision() == 0) {
                file.read().ifPresent(served::begin);
            }
        } catch (StoreUnavailableException e) {
            beginWithout(e);
        } catch (InvalidSnapshotException e) {
            LOG.warn("{}. PostgreSQL holds no configuration either.", e.getMessage());
        }
        keeper.start();
        follower.start();
    }

    /** What this node serves, as it is stored. */
    public Configuration current() {
        return served.view().configuration();
    }

    /**
     * Reads what changed in the calling thread and puts it in force before it returns. When PostgreSQL does not answer, that is
     * noted and what is in force stays.
     */
    public void catchUp() {
        served.catchUp();
    }

    /**
     * Writes all the edits as one revision, or none of them. When it returns, this node serves the revision, also when
     * PostgreSQL became unavailable right after the commit.
     *
     * @throws EditRejectedException when one edit is refused
     * @throws StoreUnavailableException when PostgreSQL did not answer in time; the edits may or may not have been made
     */
    public WriteResult write(Author by, List<Edit> edits) throws EditRejectedException, StoreUnavailableException {
        return served.write(by, edits);
    }

    /** Writes what a plan decides, as one revision, in the same way. */
    public CommittedPlan write(Author by, Cause cause, EditPlan plan)
            throws EditRejectedException, StoreUnavailableException {
        return served.write(by, cause, plan);
    }

    /** The changes that a plan would make now. */
    public PlanPreview preview(EditPlan plan) throws EditRejectedException, StoreUnavailableException {
        return served.preview(plan);
    }

    /** Why no single edit may be written now: PostgreSQL is empty, and this node keeps what it knows in force against it. */
    public Optional<String> holding() {
        return served.isHolding() ? Optional.ofNullable(served.fault()) : Optional.empty();
    }

    public SyncStatus status() {
        ActiveConfiguration.View view = served.view();
        return new SyncStatus(
                view.configuration().revision(),
                view.source(),
                served.age(),
                served.databaseUp(),
                orders.fault() == null,
                follower.isListening(),
                Stream.of(served.fault(), follower.fault(), orders.fault())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    /**
     * Stops following, which may take as long as PostgreSQL takes to answer, at most ten seconds; then writes the snapshot when
     * one is due. No thread and no connection is left behind. What is in force stays.
     */
    @Override
    public void close() {
        follower.close();
        orders.leave();
        keeper.close();
    }

    private void beginWithout(StoreUnavailableException postgres) throws StoreUnavailableException {
        try {
            served.begin(
                    file.read().orElseThrow(() -> new InvalidSnapshotException("there is no snapshot " + file.path())));
        } catch (InvalidSnapshotException e) {
            throw new StoreUnavailableException(postgres.getMessage() + ", and " + e.getMessage(), postgres);
        }
    }
}
