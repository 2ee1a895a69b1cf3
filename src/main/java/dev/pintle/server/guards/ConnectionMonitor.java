package dev.pintle.server.guards;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enforces a list of checks on all client connections, on one thread. Jetty limits only the gap between two bytes, so
 * that a client could hold a connection forever with one byte per minute. Safe for all threads.
 */
public final class ConnectionMonitor extends AbstractLifeCycle implements Connection.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionMonitor.class);

    private final Map<Connection, List<Runnable>> watched = new ConcurrentHashMap<>();
    private final long roundNanos;
    private final List<ConnectionCheck> checks;
    private volatile @Nullable Thread thread;

    /**
     * Creates a monitor, which runs between its start and its stop.
     *
     * @param round the interval of the checks, and therefore their precision
     * @param checks in the order of their execution
     */
    public ConnectionMonitor(Duration round, List<ConnectionCheck> checks) {
        this.roundNanos = round.toNanos();
        this.checks = List.copyOf(checks);
    }

    @Override
    protected void doStart() {
        thread = Thread.ofVirtual().name("connection-monitor").start(this::run);
    }

    @Override
    protected void doStop() {
        LockSupport.unpark(thread);
    }

    @Override
    public void onOpened(Connection connection) {
        List<Runnable> applicable = checks.stream()
                .flatMap(check -> Stream.ofNullable(check.watch(connection)))
                .toList();
        if (!applicable.isEmpty()) {
            watched.put(connection, applicable);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        watched.remove(connection);
    }

    private void run() {
        while (!isStopping() && !isStopped()) {
            round();
            LockSupport.parkNanos(roundNanos);
        }
    }

    /** Runs all checks once. A failed check does not affect other connections. */
    void round() {
        int failed = 0;
        Throwable first = null;
        for (List<Runnable> applicable : watched.values()) {
            for (Runnable check : applicable) {
                Throwable failure = failure(check);
                failed += failure == null ? 0 : 1;
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            LOG.error(
                    "Cannot check the timeouts of {} client connections, which stay open. The first failure:",
                    failed,
                    first);
        }
    }

    /** Catches errors of the JVM too, such as exhausted direct memory, so that the thread continues. */
    private static @Nullable Throwable failure(Runnable check) {
        try {
            check.run();
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }
}
