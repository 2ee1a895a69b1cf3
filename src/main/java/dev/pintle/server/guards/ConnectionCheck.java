package dev.pintle.server.guards;

import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/** One rule for client connections, such as a timeout. The {@link ConnectionMonitor} enforces it. */
@FunctionalInterface
public interface ConnectionCheck {
    /**
     * Starts to check a new connection.
     *
     * @return what the monitor runs on every round while the connection is open, on one thread and without blocking;
     *     null where
     *     the rule does not apply to the connection
     */
    @Nullable
    Runnable watch(Connection connection);
}
