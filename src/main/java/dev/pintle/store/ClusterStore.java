package dev.pintle.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What the nodes of a fleet are told beside the configuration, and that they are alive. All of it ends by itself, by
 * PostgreSQL's clock. Safe for all threads; every call borrows one connection and gives it back.
 */
public final class ClusterStore {
    /** A node that was not heard of for so many seconds counts as gone. It shows itself every second. */
    private static final int ALIVE_SECONDS = 10;

    /** For so many seconds a reset waits for nodes that are cut off. */
    private static final int RESET_SECONDS = 600;

    private final Jdbi jdbi;

    public ClusterStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Shows that a node is alive, and tells what holds.
     *
     * @param knownReset the number of the last reset that the node carried out
     */
    public ClusterState show(UUID node, long knownReset) throws StoreUnavailableException {
        change(handle ->
                handle.execute("insert into node (id) values (?) on conflict (id) do update set seen = now()", node));
        // By itself, and past rows that others hold: nodes that come back together must not wait for each other.
        change(handle -> handle.execute("""
                delete from node where id in (
                    select id from node where seen < now() - make_interval(secs => ?) for update skip locked)""", ALIVE_SECONDS));
        try {
            return jdbi.inTransaction(handle -> {
                handle.execute(ConfigurationStore.ONE_SNAPSHOT + ConfigurationStore.LIMITS);
                return standing(handle, knownReset);
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /** Says that a node is gone. */
    public void leave(UUID node) throws StoreUnavailableException {
        change(handle -> handle.execute("delete from node where id = ?", node));
    }

    /** Gives an order in the place of any other for its route; every node hears of it. */
    public void order(CircuitOverride order) throws StoreUnavailableException {
        change(handle -> {
            handle.execute("delete from forced_circuit where until < now()");
            handle.createUpdate("""
                            insert into forced_circuit (route, state, until, reason, author)
                            values (:route, :state, :until, :reason, :author)
                            on conflict (route) do update set state = excluded.state, until = excluded.until,
                                reason = excluded.reason, author = excluded.author""")
                    .bind("route", order.route())
                    .bind("state", order.open() ? "open" : "closed")
                    .bind("until", order.until())
                    .bind("reason", order.reason())
                    .bind("author", order.author())
                    .execute();
            announce(handle);
        });
    }

    /** Takes back the order for a route, if there is one; every node hears of it. */
    public void release(String route) throws StoreUnavailableException {
        change(handle -> {
            handle.execute("delete from forced_circuit where route = ?", route);
            announce(handle);
        });
    }

    /** Has every node fill a bucket. */
    public void reset(String route, String bucket, String author) throws StoreUnavailableException {
        change(handle -> {
            // One after the other: nodes take a number for the sign that they know all that are smaller.
            handle.execute("lock table limit_reset in share row exclusive mode");
            handle.execute("delete from limit_reset where at < now() - make_interval(secs => ?)", RESET_SECONDS);
            handle.execute("insert into limit_reset (route, bucket, author) values (?, ?, ?)", route, bucket, author);
            announce(handle);
        });
    }

    private void change(Work work) throws StoreUnavailableException {
        try {
            jdbi.useTransaction(handle -> {
                handle.execute(ConfigurationStore.LIMITS);
                work.on(handle);
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /** Nodes read anew whatever is announced; what is no number is no revision. */
    private static void announce(Handle handle) {
        handle.execute("select pg_notify(?, 'orders')", RevisionNotifications.CHANNEL);
    }

    private static ClusterState standing(Handle handle, long knownReset) {
        List<CircuitOverride> circuits =
                handle.select("""
                        select route, state, until, reason, author from forced_circuit
                        where until > now() order by route""").map(ClusterStore::order).list();
        List<LimitReset> resets =
                handle.select("""
                        select number, route, bucket, author from limit_reset where number > ? order by number""", knownReset).map(ClusterStore::reset).list();
        long latest = handle.select("select coalesce(max(number), 0) from limit_reset")
                .mapTo(long.class)
                .one();
        int nodes = handle.select("select count(*) from node").mapTo(int.class).one();
        return new ClusterState(circuits, resets, latest, nodes);
    }

    private static CircuitOverride order(ResultSet row, StatementContext context) throws SQLException {
        return new CircuitOverride(
                row.getString("route"),
                row.getString("state").equals("open"),
                row.getObject("until", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                row.getString("author"));
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
