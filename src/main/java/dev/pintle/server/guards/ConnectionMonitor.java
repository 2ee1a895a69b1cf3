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
 * Enforces a list of checks on all client connections, on one thread. Jetty bounds only the gap between two bytes, so that a
 * client could keep a connection forever at one byte a minute. Safe for all threads.
 */
public final class ConnectionMonitor extends AbstractLifeCycle implements Connection.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionMonitor.class);

    private final Map<Connection, List<Runnable>> watched = new ConcurrentHashMap<>();
    private final long roundNanos;
    private final List<ConnectionCheck> checks;
    private volatile @Nullable Thread thread;

    /**
     * A monitor that runs from its start to its stop.
     *
     * @param round the time between two rounds, and so the precision of every check
     * @param checks in the order in which each connection has to pass them
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

    /** Runs every check once. A check that fails on one connection fails on no other. */
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
            LOG.error("{} connection checks failed. Their connections stay open. The first failure:", failed, first);
        }
    }

    /** An error of the JVM, such as direct memory that runs out, must not end the thread either. */
    private static @Nullable Throwable failure(Runnable check) {
        try {
            check.run();
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }
}
