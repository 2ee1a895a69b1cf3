package dev.pintle.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What holds beside the configuration: the overrides of operators, and the nodes that are alive. All of it ends by itself, by
 * PostgreSQL's clock. Safe for all threads; every call borrows one connection and gives it back.
 */
public final class ClusterStore {
    /** A node without a heartbeat for so many seconds counts as gone; heartbeats come every second. */
    private static final int ALIVE_SECONDS = 10;

    /** For so many seconds a reset waits for nodes that are cut off. */
    private static final int RESET_SECONDS = 600;

    private static final int MAX_REJECTED = 100;

    private final Jdbi jdbi;

    public ClusterStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Shows that a node is alive, which only works while PostgreSQL takes writes.
     *
     * @throws StoreReadOnlyException when PostgreSQL answers, but refuses to write
     */
    public void beat(NodeHeartbeat heartbeat) throws StoreUnavailableException {
        String rejected = rejected(heartbeat).toString();
        change(handle -> handle.execute("""
                        insert into node (id, revision, source, rejected) values (?, ?, ?, cast(? as json))
                        on conflict (id) do update set seen = now(), revision = excluded.revision,
                            source = excluded.source, rejected = excluded.rejected""", heartbeat.node(), heartbeat.revision(), heartbeat.source(), rejected));
        // By itself, and past rows that others hold: nodes that come back together must not wait for each other.
        change(handle -> handle.execute("""
                delete from node where id in (
                    select id from node where seen < now() - make_interval(secs => ?) for update skip locked)""", ALIVE_SECONDS));
    }

    private static ArrayNode rejected(NodeHeartbeat heartbeat) {
        ArrayNode documents = JsonNodeFactory.instance.arrayNode();
        heartbeat.rejected().stream()
                .limit(MAX_REJECTED)
                .forEach(document -> documents
                        .addObject()
                        .put("kind", document.kind())
                        .put("id", document.id())
                        .put("reason", document.reason()));
        return documents;
    }

    /**
     * Reads what holds now.
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

    /** Says that a node is gone. */
    public void leave(UUID node) throws StoreUnavailableException {
        change(handle -> handle.execute("delete from node where id = ?", node));
    }

    /** Forces the circuits of a route in the place of any other override; every node is notified. */
    public CircuitOverride force(CircuitForce force) throws StoreUnavailableException {
        return WriteTransaction.run(jdbi, handle -> {
            CircuitOverride override = new CircuitOverrideRows(handle).force(force);
            announce(handle);
            return override;
        });
    }

    /** The same for a request that PostgreSQL could not take when it was made; a later request stays. */
    public void forceBelatedly(CircuitForce force, Duration age) throws StoreUnavailableException {
        change(handle -> {
            new CircuitOverrideRows(handle).forceBelatedly(force, age);
            announce(handle);
        });
    }

    /** Ends the override of a route, if there is one; every node is notified. */
    public void release(String route) throws StoreUnavailableException {
        change(handle -> {
            new CircuitOverrideRows(handle).release(route);
            announce(handle);
        });
    }

    /** The same for a request that PostgreSQL could not take when it was made; an override of a later request stays. */
    public void releaseBelatedly(String route, Duration age) throws StoreUnavailableException {
        change(handle -> {
            new CircuitOverrideRows(handle).releaseBelatedly(route, age);
            announce(handle);
        });
    }

    /** Has every node fill a bucket. */
    public LimitReset reset(String route, String bucket, String author) throws StoreUnavailableException {
        return WriteTransaction.run(jdbi, handle -> {
            // One after the other: nodes take a number for the sign that they know all that are smaller.
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
            announce(handle);
            return reset;
        });
    }

    private void change(Work work) throws StoreUnavailableException {
        WriteTransaction.<Void, RuntimeException>run(jdbi, handle -> {
            work.on(handle);
            return null;
        });
    }

    /** Nodes read everything again after a notification that is not a number, and so not a revision. */
    private static void announce(Handle handle) {
        handle.execute("select pg_notify(?, 'orders')", RevisionNotifications.CHANNEL);
    }

    private static ClusterState state(Handle handle, long knownReset) {
        List<LimitReset> resets =
                handle.select("""
                        select number, route, bucket, author from limit_reset where number > ? order by number""", knownReset).map(ClusterStore::reset).list();
        long latest = handle.select("select coalesce(max(number), 0) from limit_reset")
                .mapTo(long.class)
                .one();
        int nodes = handle.select("select count(*) from node").mapTo(int.class).one();
        return new ClusterState(
                new CircuitOverrideRows(handle).active(), resets, latest, nodes, Privileges.missing(handle));
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
