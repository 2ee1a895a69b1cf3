package dev.pintle.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The table {@code forced_circuit}. PostgreSQL's clock decides when an override starts and ends; the clocks of the
 * nodes play no role.
 */
final class CircuitOverrideRows implements OverrideRows<CircuitOverride, CircuitForce> {
    /** The time to the end is bounded, because a row that was edited manually may hold infinity. */
    private static final String COLUMNS = """
            route, state, until, reason, author,
            (extract(epoch from least(until, now() + interval '36500 days') - now()) * 1000000)::bigint as micros_left""";

    private final Handle handle;

    CircuitOverrideRows(Handle handle) {
        this.handle = handle;
    }

    @Override
    public List<CircuitOverride> active() {
        return handle.select("select " + COLUMNS + " from forced_circuit where until > now() order by route")
                .map(CircuitOverrideRows::override)
                .list();
    }

    @Override
    public CircuitOverride begin(CircuitForce force) {
        return upsert(force, Duration.ZERO, "")
                .orElseThrow(() -> new BrokenSchemaException(
                        "PostgreSQL did not store a row in table forced_circuit;" + " drop the trigger of the table"));
    }

    @Override
    public void beginRetroactively(CircuitForce force, Duration age) {
        upsert(force, age, " where forced_circuit.at <= excluded.at");
    }

    private Optional<CircuitOverride> upsert(CircuitForce force, Duration age, String condition) {
        handle.execute("delete from forced_circuit where until < now()");
        return handle.createQuery("""
                        insert into forced_circuit (route, state, until, reason, author, at)
                        values (:route, :state, now() + make_interval(secs => :left), :reason, :author,
                            now() - make_interval(secs => :age))
                        on conflict (route) do update set state = excluded.state, until = excluded.until,
                            reason = excluded.reason, author = excluded.author, at = excluded.at""" + condition + " returning " + COLUMNS)
                .bind("route", force.route())
                .bind("state", force.open() ? "open" : "closed")
                .bind("left", seconds(force.duration().minus(age)))
                .bind("reason", force.reason())
                .bind("author", force.author())
                .bind("age", seconds(age))
                .map(CircuitOverrideRows::override)
                .findOne();
    }

    @Override
    public void end(String route) {
        handle.execute("delete from forced_circuit where route = ?", route);
    }

    @Override
    public void endRetroactively(String route, Duration age) {
        handle.execute(
                "delete from forced_circuit where route = ? and at <= now() - make_interval(secs => ?)",
                route,
                seconds(age));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static CircuitOverride override(ResultSet row, StatementContext context) throws SQLException {
        return new CircuitOverride(
                row.getString("route"),
                row.getString("state").equals("open"),
                row.getObject("until", OffsetDateTime.class).toInstant(),
                Duration.of(row.getLong("micros_left"), ChronoUnit.MICROS),
                row.getString("reason"),
                row.getString("author"),
                OverrideScope.CLUSTER);
    }
}
