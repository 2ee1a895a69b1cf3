package dev.pintle.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code maintenance}. PostgreSQL's clock decides when a window ends. */
final class MaintenanceRows implements OverrideRows<MaintenanceWindow, MaintenanceRequest> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    /** The time to the end is bounded, because a row that was edited manually may hold infinity. */
    private static final String COLUMNS = """
            route, until, reason, author, allow::text as allow,
            (extract(epoch from least(until, now() + interval '36500 days') - now()) * 1000000)::bigint as micros_left""";

    private final Handle handle;

    MaintenanceRows(Handle handle) {
        this.handle = handle;
    }

    @Override
    public List<MaintenanceWindow> active() {
        return handle.select("select " + COLUMNS + " from maintenance where until > now() order by route")
                .map(MaintenanceRows::window)
                .list();
    }

    @Override
    public MaintenanceWindow begin(MaintenanceRequest request) {
        return upsert(request, Duration.ZERO, "")
                .orElseThrow(() -> new BrokenSchemaException(
                        "PostgreSQL did not store a row in table maintenance; drop the trigger of the table"));
    }

    @Override
    public void beginRetroactively(MaintenanceRequest request, Duration age) {
        upsert(request, age, " where maintenance.at <= excluded.at");
    }

    private Optional<MaintenanceWindow> upsert(MaintenanceRequest request, Duration age, String condition) {
        handle.execute("delete from maintenance where until < now()");
        return handle.createQuery("""
                        insert into maintenance (route, until, reason, author, allow, at)
                        values (:route, now() + make_interval(secs => :left), :reason, :author, :allow::jsonb,
                            now() - make_interval(secs => :age))
                        on conflict (route) do update set until = excluded.until, reason = excluded.reason,
                            author = excluded.author, allow = excluded.allow, at = excluded.at""" + condition + " returning " + COLUMNS)
                .bind("route", request.route())
                .bind("left", seconds(request.duration().minus(age)))
                .bind("reason", request.reason())
                .bind("author", request.author())
                .bind("allow", JSON.valueToTree(request.allow()).toString())
                .bind("age", seconds(age))
                .map(MaintenanceRows::window)
                .findOne();
    }

    @Override
    public void end(String route) {
        handle.execute("delete from maintenance where route = ?", route);
    }

    @Override
    public void endRetroactively(String route, Duration age) {
        handle.execute(
                "delete from maintenance where route = ? and at <= now() - make_interval(secs => ?)",
                route,
                seconds(age));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static MaintenanceWindow window(ResultSet row, StatementContext context) throws SQLException {
        return new MaintenanceWindow(
                row.getString("route"),
                texts(row.getString("allow")),
                row.getObject("until", OffsetDateTime.class).toInstant(),
                Duration.of(row.getLong("micros_left"), ChronoUnit.MICROS),
                row.getString("reason"),
                row.getString("author"),
                OverrideScope.CLUSTER);
    }

    private static List<String> texts(String json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new BrokenSchemaException("Column allow of table maintenance is no list of strings: " + json);
        }
    }
}
