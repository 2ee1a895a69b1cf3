package dev.pintle.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * A connection on which PostgreSQL tells of new revisions. One thread waits on it; any may close it.
 */
public final class Subscription implements AutoCloseable {
    private final Connection connection;

    Subscription(Connection connection) {
        this.connection = connection;
    }

    /**
     * Waits until a revision is announced. When none is in time, it asks for the latest: a connection that died in silence is
     * found out, and an announcement that was lost is made up for.
     *
     * @param longest at least a millisecond: the driver takes zero for ever
     * @return the number of the latest revision
     * @throws StoreUnavailableException when the connection is broken or closed; there is no use in waiting again
     */
    public long await(Duration longest) throws StoreUnavailableException {
        try {
            PGNotification[] announced =
                    connection.unwrap(PGConnection.class).getNotifications(Math.toIntExact(longest.toMillis()));
            return announced == null || announced.length == 0 ? latest() : number(announced[announced.length - 1]);
        } catch (SQLException e) {
            throw Outage.of(e);
        }
    }

    /** Breaks the connection off, also under a thread that waits on it. */
    @Override
    public void close() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is of no use any more, whatever state it is in.
        }
    }

    private long latest() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select number from latest_revision")) {
            row.next();
            return row.getLong(1);
        }
    }

    private long number(PGNotification announcement) throws SQLException {
        try {
            return Long.parseLong(announcement.getParameter());
        } catch (NumberFormatException e) {
            // Anyone may send on the channel; what they say is not believed but looked up.
            return latest();
        }
    }
}
