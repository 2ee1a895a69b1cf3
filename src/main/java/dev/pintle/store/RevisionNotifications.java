package dev.pintle.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Tells of new revisions as they are committed. Safe for all threads. */
public final class RevisionNotifications {
    static final String CHANNEL = "pintle_revision";

    private final DataSource direct;

    /**
     * What the database of these connections announces.
     *
     * @param direct makes connections that lead to PostgreSQL itself: LISTEN does not pass a transaction pooler
     */
    public RevisionNotifications(DataSource direct) {
        this.direct = direct;
    }

    /** Opens a connection of its own; whoever asked closes it. From here on every revision that commits is noticed. */
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
