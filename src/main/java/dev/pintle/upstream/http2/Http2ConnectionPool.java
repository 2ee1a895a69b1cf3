package dev.pintle.upstream.http2;

import dev.pintle.telemetry.ConnectionUsage;
import dev.pintle.upstream.target.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one target. A request gets a stream of the first connection that has one left. Otherwise it waits
 * for a new connection, together with as many others as that connection will have streams. Thread-safe.
 */
final class Http2ConnectionPool {
    /** The new connections that end before they serve a waiting request, until the request fails. */
    private static final int MOST_ENDED = 3;

    private final Http2Connector connector;
    private final Target target;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Http2Connection> open = new ArrayList<>();
    private final List<PendingConnection> pending = new ArrayList<>();
    private int streamsPerConnection = StreamLimit.MOST;
    private int users;

    Http2ConnectionPool(Http2Connector connector, Target target) {
        this.connector = connector;
        this.target = target;
    }

    /** Waits for a new connection, or for a stream of a busy one. */
    @FunctionalInterface
    interface Wait {
        Http2Connection on(CompletableFuture<Http2Connection> connection) throws IOException, InterruptedException;
    }

    /**
     * Reserves a stream.
     *
     * @param connect the timeout of a new connection
     * @param wait limits the wait for a stream
     * @throws IOException when no connection can be opened, or new ones end at once
     */
    Http2Connection take(Duration connect, Wait wait) throws IOException, InterruptedException {
        for (int ended = 0; ended < MOST_ENDED; ) {
            CompletableFuture<Http2Connection> next;
            lock.lock();
            try {
                Http2Connection free = free();
                if (free != null) {
                    return free;
                }
                next = next(connect);
            } finally {
                lock.unlock();
            }
            ended += wait.on(next).isUsable() ? 0 : 1;
        }
        throw new IOException("it ended " + MOST_ENDED + " connections before they served a request");
    }

    /** A busy target gets no further connections. */
    private CompletableFuture<Http2Connection> next(Duration connect) {
        for (Http2Connection connection : open) {
            CompletableFuture<Http2Connection> freed = connection.untilFreed();
            if (freed != null) {
                return freed;
            }
        }
        return joined(connect).result();
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

    /**
     * Closes connections that were idle or open for too long, and forgets those that ended. Lets a request try each busy
     * connection.
     */
    void retire(Duration oldest, Duration longestIdle) {
        lock.lock();
        try {
            open.forEach(connection -> connection.retire(oldest.toNanos(), longestIdle.toNanos()));
            open.removeIf(Http2Connection::isEnded);
            open.forEach(Http2Connection::probe);
        } finally {
            lock.unlock();
        }
    }

    /** A connection that accepts no further streams counts until they end. */
    ConnectionUsage usage() {
        lock.lock();
        try {
            int streams = open.stream().mapToInt(Http2Connection::streams).sum();
            return new ConnectionUsage(
                    target.route().getTargetHost().toURI(), ConnectionUsage.HTTP2, open.size(), streams);
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
