package dev.pintle.store;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Bounds how long the statements of a migration wait for the lock of a table. */
final class MigrationLockTimeout implements Callback {
    private final Duration timeout;

    MigrationLockTimeout(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_CONNECT;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try (Statement statement = context.getConnection().createStatement()) {
            statement.execute("set lock_timeout = " + timeout.toMillis());
        } catch (SQLException e) {
            throw new FlywayException("cannot set the lock timeout", e);
        }
    }

    @Override
    public String getCallbackName() {
        return "lock timeout";
    }
}
