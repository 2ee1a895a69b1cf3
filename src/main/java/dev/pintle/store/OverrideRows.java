package dev.pintle.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A table of overrides with one row a route. PostgreSQL's clock decides when an override starts and ends; the clocks of the
 * nodes play no role.
 */
abstract class OverrideRows<O, R extends OverrideRequest<O>> {
    private final Handle handle;
    private final String table;
    private final String column;
    private final String type;

    /**
     * Creates the access to a table.
     *
     * @param column the column that only this table has
     * @param type the type of that column
     */
    OverrideRows(Handle handle, String table, String column, String type) {
        this.handle = handle;
        this.table = table;
        this.column = column;
        this.type = type;
    }

    /** The value that the column of its own gets, as text. */
    abstract String value(R request);

    /** @param value of the column of its own, as text */
    abstract O override(String route, String value, Instant until, Duration left, String reason, String author);

    final List<O> active() {
        return handle.select("select %s from %s where until > now() order by route".formatted(columns(), table))
                .map(this::override)
                .list();
    }

    /** Replaces any other override of the route. */
    final O begin(R request) {
        return upsert(request, Duration.ZERO, "")
                .orElseThrow(() -> new BrokenSchemaException(
                        "PostgreSQL did not store a row in table " + table + "; drop the trigger of the table"));
    }

    /**
     * Replaces an override that was requested before this one; a later one stays.
     *
     * @param age the time since the request
     */
    final void beginRetroactively(R request, Duration age) {
        upsert(request, age, " where " + table + ".at <= excluded.at");
    }

    final void end(String route) {
        handle.execute("delete from %s where route = ?".formatted(table), route);
    }

    /**
     * Removes an override that was requested before this end; a later one stays.
     *
     * @param age the time since the request
     */
    final void endRetroactively(String route, Duration age) {
        handle.execute(
                "delete from %s where route = ? and at <= now() - make_interval(secs => ?)".formatted(table),
                route,
                seconds(age));
    }

    private Optional<O> upsert(R request, Duration age, String condition) {
        handle.execute("delete from %s where until < now()".formatted(table));
        return handle.createQuery("""
                        insert into %1$s (route, %2$s, until, reason, author, at)
                        values (:route, :value::%3$s, now() + make_interval(secs => :left), :reason, :author,
                            now() - make_interval(secs => :age))
                        on conflict (route) do update set %2$s = excluded.%2$s, until = excluded.until,
                            reason = excluded.reason, author = excluded.author, at = excluded.at%4$s
                        returning %5$s""".formatted(table, column, type, condition, columns()))
                .bind("route", request.route())
                .bind("value", value(request))
                .bind("left", seconds(request.duration().minus(age)))
                .bind("reason", request.reason())
                .bind("author", request.author())
                .bind("age", seconds(age))
                .map(this::override)
                .findOne();
    }

    /** The time to the end is bounded, because a row that was edited manually may hold infinity. */
    private String columns() {
        return """
                route, %s::text as value, until, reason, author,
                (extract(epoch from least(until, now() + interval '36500 days') - now()) * 1000000)::bigint as micros_left""".formatted(column);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private O override(ResultSet row, StatementContext context) throws SQLException {
        return override(
                row.getString("route"),
                row.getString("value"),
                row.getObject("until", OffsetDateTime.class).toInstant(),
                Duration.of(row.getLong("micros_left"), ChronoUnit.MICROS),
                row.getString("reason"),
                row.getString("author"));
    }
}
