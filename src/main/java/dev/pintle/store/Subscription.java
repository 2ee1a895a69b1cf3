package dev.pintle.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A connection that receives notifications of new revisions. One thread waits on it; any thread may close it. */
public final class Subscription implements AutoCloseable {
    private final Connection connection;

    Subscription(Connection connection) {
        this.connection = connection;
    }

    /**
     * Waits for a notification. After a timeout probes the connection, to detect one that was lost silently.
     *
     * @param timeout the timeout, at least 1 ms: the driver waits without limit for zero
     * @return the notifications; empty after a timeout, when some may have been lost
     * @throws StoreUnavailableException when the connection is broken or closed; the subscription cannot be used again
     */
    public Optional<Notice> await(Duration timeout) throws StoreUnavailableException {
        try {
            PGNotification[] notifications =
                    connection.unwrap(PGConnection.class).getNotifications(Math.toIntExact(timeout.toMillis()));
            if (notifications != null && notifications.length > 0) {
                return Optional.of(Notice.of(Arrays.stream(notifications)
                        .map(PGNotification::getParameter)
                        .toList()));
            }
            probe();
            return Optional.empty();
        } catch (SQLException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /** Aborts the connection, even while a thread waits on it. */
    @Override
    public void close() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // The connection is discarded in any case.
        }
    }

    private void probe() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }
}
