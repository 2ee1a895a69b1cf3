package dev.pintle.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalLong;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A connection over which PostgreSQL announces new revisions. One thread waits on it; any thread may close it. */
public final class Subscription implements AutoCloseable {
    private final Connection connection;

    Subscription(Connection connection) {
        this.connection = connection;
    }

    /**
     * Waits until revisions are announced. When none is in time, the connection is tried, so that one that died in silence is
     * found out.
     *
     * @param longest at least a millisecond: the driver takes zero for ever
     * @return the last of the announced revisions, or nothing
     * @throws StoreUnavailableException when the connection is broken or closed; there is no use in waiting again
     */
    public OptionalLong await(Duration longest) throws StoreUnavailableException {
        try {
            PGNotification[] announced =
                    connection.unwrap(PGConnection.class).getNotifications(Math.toIntExact(longest.toMillis()));
            if (announced != null && announced.length > 0) {
                return revision(announced[announced.length - 1]);
            }
            probe();
            return OptionalLong.empty();
        } catch (SQLException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /** Breaks the connection off, even while a thread waits on it. */
    @Override
    public void close() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is of no more use, whatever state it is in.
        }
    }

    private void probe() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    /** Anyone may send on the channel, so what is no number counts as nothing. */
    private static OptionalLong revision(PGNotification announcement) {
        try {
            return OptionalLong.of(Long.parseLong(announcement.getParameter()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
