package dev.pintle.store;

import dev.pintle.guard.GuardBounds;
import dev.pintle.history.ConfirmationTerms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The confirmation that the latest revision waits for, in the row of {@code latest_revision}. PostgreSQL's clock decides. */
final class ConfirmationRow {
    private final Handle handle;

    ConfirmationRow(Handle handle) {
        this.handle = handle;
    }

    Optional<PendingConfirmation> pending() {
        return handle.select("""
                        select number, reverts_at, guard,
                            (extract(epoch from reverts_at - clock_timestamp()) * 1000000)::bigint as micros_left
                        from latest_revision where reverts_at is not null""").map(ConfirmationRow::confirmation).findOne();
    }

    private static PendingConfirmation confirmation(ResultSet row, StatementContext context) throws SQLException {
        return new PendingConfirmation(
                row.getLong("number"),
                row.getObject("reverts_at", OffsetDateTime.class).toInstant(),
                Duration.of(row.getLong("micros_left"), ChronoUnit.MICROS),
                guard(row.getString("guard")));
    }

    /** Ignores bounds of a later version of Pintle. */
    private static @Nullable GuardBounds guard(@Nullable String text) {
        try {
            return text == null ? null : GuardBounds.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Keeps the match keys of routes while they are what they were. */
    void keepMatchKeys(Collection<String> routes) {
        handle.createUpdate("""
                        update latest_revision set earlier_match_keys = (
                            select coalesce(json_object_agg(id, match_key), '{}') from route where id = any(:ids))""").bindArray("ids", String.class, routes).execute();
    }

    /** The latest revision, which was just written, waits from now on. */
    void begin(ConfirmationTerms terms) {
        handle.createUpdate("""
                        update latest_revision
                        set reverts_at = clock_timestamp() + make_interval(secs => :secs), guard = :guard""")
                .bind("secs", terms.within().toMillis() / 1e3)
                .bind("guard", terms.guard() == null ? null : terms.guard().text())
                .execute();
        handle.execute("update revision set state = 'unconfirmed' where number = (select number from latest_revision)");
    }

    void end() {
        handle.execute("update latest_revision set reverts_at = null, earlier_match_keys = null, guard = null");
    }
}
