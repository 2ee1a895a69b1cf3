package dev.pintle.proxy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Ends HTTP/2 connections on which no request was made for as long as a connection may be idle. For the server itself any octet
 * is a sign of life: a head that drips, in frames whose end never comes, or PING for ever. Safe for all threads.
 */
final class IdleSessions extends AbstractLifeCycle implements Connection.Listener {
    private static final long ROUND_NANOS = Duration.ofMillis(500).toNanos();

    private final Map<Connection, Visit> visits = new ConcurrentHashMap<>();

    @Override
    protected void doStart() {
        Thread.ofVirtual().name("idle-sessions").start(this::patrol);
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof HTTP2Connection http2) {
            visits.put(connection, new Visit(http2));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        visits.remove(connection);
    }

    private void patrol() {
        while (!isStopping() && !isStopped()) {
            visits.values().forEach(Visit::endIfIdle);
            LockSupport.parkNanos(ROUND_NANOS);
        }
    }

    /** One connection of a client. */
    private static final class Visit {
        private final HTTP2Connection connection;
        private long streamsBefore = -1;
        private long idleSince;

        Visit(HTTP2Connection connection) {
            this.connection = connection;
        }

        void endIfIdle() {
            HTTP2Session session = connection.getSession();
            long longestNanos =
                    Duration.ofMillis(connection.getEndPoint().getIdleTimeout()).toNanos();
            if (session.getStreamCount() > 0 || session.getStreamsOpened() != streamsBefore) {
                streamsBefore = session.getStreamsOpened();
                idleSince = System.nanoTime();
            } else if (System.nanoTime() - idleSince > longestNanos) {
                connection.close();
            }
        }
    }
}
