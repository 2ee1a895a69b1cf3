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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code maintenance}. PostgreSQL's clock decides when a window ends. */
final class MaintenanceRows {
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

    List<MaintenanceWindow> active() {
        return handle.select("select " + COLUMNS + " from maintenance where until > now() order by route")
                .map(MaintenanceRows::window)
                .list();
    }

    /** Replaces any other window of the route. */
    MaintenanceWindow begin(MaintenanceRequest request) {
        handle.execute("delete from maintenance where until < now()");
        return handle.createQuery("""
                        insert into maintenance (route, until, reason, author, allow)
                        values (:route, now() + make_interval(secs => :seconds), :reason, :author, :allow::jsonb)
                        on conflict (route) do update set until = excluded.until, reason = excluded.reason,
                            author = excluded.author, allow = excluded.allow""" + " returning " + COLUMNS)
                .bind("route", request.route())
                .bind("seconds", seconds(request.duration()))
                .bind("reason", request.reason())
                .bind("author", request.author())
                .bind("allow", JSON.valueToTree(request.allow()).toString())
                .map(MaintenanceRows::window)
                .one();
    }

    void end(String route) {
        handle.execute("delete from maintenance where route = ?", route);
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
                row.getString("author"));
    }

    private static List<String> texts(String json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new BrokenSchemaException("Column allow of table maintenance is no list of strings: " + json);
        }
    }
}
