package dev.pintle.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Subscribes to PostgreSQL's notifications of committed revisions. Safe for all threads. */
public final class RevisionNotifications {
    static final String CHANNEL = "pintle_revision";

    private final DataSource direct;

    /**
     * Creates the source of notifications.
     *
     * @param direct opens direct connections to PostgreSQL: LISTEN does not work through a transaction pooler
     */
    public RevisionNotifications(DataSource direct) {
        this.direct = direct;
    }

    /**
     * Opens a connection and listens; the caller closes it. The subscription receives every revision that commits from
     * now on.
     */
    public Subscription subscribe() throws StoreUnavailableException {
        try {
            return new Subscription(listening(direct.getConnection()));
        } catch (SQLException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    private static Connection listening(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + CHANNEL);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
