package dev.pintle.server.guards;

import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/** One rule for client connections, such as a timeout. The {@link ConnectionMonitor} enforces it. */
@FunctionalInterface
public interface ConnectionCheck {
    /**
     * Starts to check a new connection.
     *
     * @return a check that the monitor runs in each round until the connection closes, on one thread and without
     *     blocking; null when the rule does not apply to the connection
     */
    @Nullable
    Runnable watch(Connection connection);
}
