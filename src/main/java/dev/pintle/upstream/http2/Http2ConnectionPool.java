package dev.pintle.upstream.http2;

import dev.pintle.upstream.target.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one target. A request gets a stream of the first connection that has one left. Otherwise it waits
 * for a new connection, together with as many others as that connection will have streams. Thread-safe.
 */
final class Http2ConnectionPool {
    private final Http2Connector connector;
    private final Target target;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Http2Connection> open = new ArrayList<>();
    private final List<PendingConnection> pending = new ArrayList<>();
    private int streamsPerConnection = Http2Connection.MOST_STREAMS;
    private int users;

    Http2ConnectionPool(Http2Connector connector, Target target) {
        this.connector = connector;
        this.target = target;
    }

    /** Waits until a stream is reserved. */
    @FunctionalInterface
    interface Wait {
        void on(PendingConnection connection) throws IOException, InterruptedException;
    }

    /**
     * Reserves a stream.
     *
     * @param connect the timeout of a new connection
     * @param wait limits the wait for a new connection
     */
    Http2Connection take(Duration connect, Wait wait) throws IOException, InterruptedException {
        while (true) {
            PendingConnection next;
            lock.lock();
            try {
                Http2Connection free = free();
                if (free != null) {
                    return free;
                }
                next = joined(connect);
            } finally {
                lock.unlock();
            }
            wait.on(next);
        }
    }

    private @Nullable Http2Connection free() {
        for (Http2Connection connection : open) {
            if (connection.tryTake()) {
                return connection;
            }
        }
        return null;
    }

    private PendingConnection joined(Duration connect) {
        for (PendingConnection each : pending) {
            if (each.tryJoin()) {
                return each;
            }
        }
        PendingConnection added = new PendingConnection(streamsPerConnection - 1);
        pending.add(added);
        // Not on the thread of the request: its client may leave while others wait.
        Thread.ofVirtual().name("http2-connect").start(() -> open(added, connect));
        return added;
    }

    private void open(PendingConnection added, Duration connect) {
        try {
            Http2Connection connection = connector.open(target, connect);
            opened(added, connection);
            added.complete(connection);
        } catch (IOException | RuntimeException e) {
            removed(added);
            added.fail(e);
        }
    }

    private void opened(PendingConnection added, Http2Connection connection) throws IOException {
        int streams = connection.maxStreams();
        if (streams == 0) {
            connection.drain();
            throw new IOException("it permits no streams (SETTINGS_MAX_CONCURRENT_STREAMS)");
        }
        lock.lock();
        try {
            pending.remove(added);
            open.add(connection);
            streamsPerConnection = streams;
        } finally {
            lock.unlock();
        }
    }

    private void removed(PendingConnection added) {
        lock.lock();
        try {
            pending.remove(added);
        } finally {
            lock.unlock();
        }
    }

    /** Closes connections that were idle or open for too long, and forgets closed ones. */
    void retire(Duration oldest, Duration longestIdle) {
        lock.lock();
        try {
            open.forEach(connection -> connection.retire(oldest.toNanos(), longestIdle.toNanos()));
            open.removeIf(connection -> !connection.isUsable());
        } finally {
            lock.unlock();
        }
    }

    /** A request uses this pool until {@link #leave}. */
    void enter() {
        lock.lock();
        try {
            users++;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            users--;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the pool can be forgotten. */
    boolean isUnused() {
        lock.lock();
        try {
            return users == 0 && open.isEmpty() && pending.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
