package dev.pintle.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Stores the overrides of operators and the heartbeats of nodes. Each entry expires by PostgreSQL's clock. Safe for all
 * threads; every call borrows one connection and returns it.
 */
public final class ClusterStore {
    /** A reset remains for this time, for nodes that cannot reach PostgreSQL. */
    private static final int RESET_SECONDS = 600;

    private final Jdbi jdbi;
    private final OverrideStore<CircuitOverride, CircuitForce> circuits;
    private final OverrideStore<MaintenanceWindow, MaintenanceRequest> maintenance;

    public ClusterStore(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.circuits = new OverrideStore<>(jdbi, CircuitOverrideRows::new);
        this.maintenance = new OverrideStore<>(jdbi, MaintenanceRows::new);
    }

    /** Creates a store that opens a connection for each call, for short-lived commands. */
    public static ClusterStore unpooled(DataSource database) {
        return new ClusterStore(Jdbi.create(database));
    }

    /**
     * Stores the heartbeat of a node. This succeeds only while PostgreSQL accepts writes.
     *
     * @throws StoreReadOnlyException when PostgreSQL answers but refuses writes
     */
    public void beat(NodeHeartbeat heartbeat) throws StoreUnavailableException {
        change(handle -> new NodeRows(handle).write(heartbeat));
        // A transaction of its own that skips locked rows, so that nodes that return together do not wait for each
        // other.
        change(handle -> new NodeRows(handle).deleteForgotten());
    }

    /** The nodes of the cluster. */
    public ReportedNodes nodes() throws StoreUnavailableException {
        try {
            return jdbi.inTransaction(handle -> {
                handle.execute(ConfigurationStore.ONE_SNAPSHOT + ConfigurationStore.LIMITS);
                return nodes(handle);
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /** Makes every node send a heartbeat now. */
    public void askForHeartbeats() throws StoreUnavailableException {
        change(handle -> notify(handle, Notice.ASK));
    }

    /** Stores the heartbeat of a node that was asked for it, and notifies the nodes that wait. */
    public void report(NodeHeartbeat heartbeat) throws StoreUnavailableException {
        change(handle -> {
            // The next heartbeat replaces one that a crash of PostgreSQL loses.
            handle.execute("set local synchronous_commit = off");
            new NodeRows(handle).write(heartbeat);
            notify(handle, Notice.REPORTED);
        });
    }

    /**
     * Reads the current state.
     *
     * @param knownReset the number of the last reset that the node applied
     */
    public ClusterState state(long knownReset) throws StoreUnavailableException {
        try {
            return jdbi.inTransaction(handle -> {
                handle.execute(ConfigurationStore.ONE_SNAPSHOT + ConfigurationStore.LIMITS);
                return state(handle, knownReset);
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /** Removes a node that shuts down. */
    public void leave(UUID node) throws StoreUnavailableException {
        change(handle -> new NodeRows(handle).delete(node));
    }

    /** The forced circuits. */
    public OverrideStore<CircuitOverride, CircuitForce> circuits() {
        return circuits;
    }

    /** The routes that are closed for maintenance. */
    public OverrideStore<MaintenanceWindow, MaintenanceRequest> maintenance() {
        return maintenance;
    }

    /** Makes every node fill a bucket. */
    public LimitReset reset(String route, String bucket, String author) throws StoreUnavailableException {
        return WriteTransaction.run(jdbi, handle -> {
            // Resets commit one after the other: a node that knows a number assumes that it knows all smaller ones.
            handle.execute("lock table limit_reset in share row exclusive mode");
            handle.execute("delete from limit_reset where at < now() - make_interval(secs => ?)", RESET_SECONDS);
            LimitReset reset = handle.createQuery("""
                            insert into limit_reset (route, bucket, author) values (:route, :bucket, :author)
                            returning number, route, bucket, author""")
                    .bind("route", route)
                    .bind("bucket", bucket)
                    .bind("author", author)
                    .map(ClusterStore::reset)
                    .one();
            notifyNodes(handle);
            return reset;
        });
    }

    /** Ends a session of the console, and notifies every node. */
    public void signOut(String session) throws StoreUnavailableException {
        change(handle -> {
            new SignOutRows(handle).add(session);
            notifyNodes(handle);
        });
    }

    private void change(Work work) throws StoreUnavailableException {
        WriteTransaction.<Void, RuntimeException>run(jdbi, handle -> {
            work.on(handle);
            return null;
        });
    }

    /** Notifies with a payload that is not a revision number: every node then reads the overrides again. */
    static void notifyNodes(Handle handle) {
        notify(handle, "overrides");
    }

    private static void notify(Handle handle, String text) {
        handle.execute("select pg_notify(?, ?)", RevisionNotifications.CHANNEL, text);
    }

    private static ClusterState state(Handle handle, long knownReset) {
        List<LimitReset> resets =
                handle.select("""
                        select number, route, bucket, author from limit_reset where number > ? order by number""", knownReset).map(ClusterStore::reset).list();
        long latest = handle.select("select coalesce(max(number), 0) from limit_reset")
                .mapTo(long.class)
                .one();
        return new ClusterState(
                new CircuitOverrideRows(handle).active(),
                new MaintenanceRows(handle).active(),
                resets,
                latest,
                nodes(handle),
                new SignOutRows(handle).all(),
                Privileges.missing(handle));
    }

    private static ReportedNodes nodes(Handle handle) {
        return new ReportedNodes(new ConfigurationReader(handle).latest(), new NodeRows(handle).all());
    }

    private static LimitReset reset(ResultSet row, StatementContext context) throws SQLException {
        return new LimitReset(
                row.getLong("number"), row.getString("route"), row.getString("bucket"), row.getString("author"));
    }

    /** Statements of one transaction. */
    private interface Work {
        void on(Handle handle);
    }
}
