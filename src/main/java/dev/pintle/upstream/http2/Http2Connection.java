package dev.pintle.upstream.http2;

import dev.pintle.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection to a target. It counts its streams itself, because a target limits them in its SETTINGS only
 * after the connection is open. Thread-safe.
 */
final class Http2Connection {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PROBE_AFTER = Duration.ofSeconds(1);

    private final Ticker ticker;
    private final long openedAt;
    private final CompletableFuture<Session> opened = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final StreamLimit streams = new StreamLimit();
    private CompletableFuture<Http2Connection> freed = new CompletableFuture<>();
    private boolean draining;
    private long unchangedSince;
    private long idleSince;
    private volatile long maxHeadBytes = Http2Connector.MAX_REQUEST_HEAD;
    private volatile long lastAnswer;

    Http2Connection(Ticker ticker) {
        this.ticker = ticker;
        this.openedAt = ticker.nanos();
        this.idleSince = openedAt;
        this.lastAnswer = openedAt;
    }

    /** Completes when the SETTINGS of the target have arrived. */
    CompletableFuture<Session> opened() {
        return opened;
    }

    /** The session of an open connection. */
    Session session() {
        return Objects.requireNonNull(opened.getNow(null));
    }

    /** The number of streams that the target permits, and the gateway uses. */
    int maxStreams() {
        return locked(streams::permitted);
    }

    /** Bytes of a request head that the target accepts (RFC 9113 section 6.5.2). */
    long maxHeadBytes() {
        return maxHeadBytes;
    }

    /** Reserves a stream; {@link #giveBack} releases it. */
    boolean tryTake() {
        return locked(() -> !draining && !session().isClosed() && streams.tryOpen());
    }

    void giveBack() {
        boolean drained;
        CompletableFuture<Http2Connection> waiting;
        lock.lock();
        try {
            streams.closed();
            idleSince = ticker.nanos();
            drained = draining && streams.open() == 0;
            waiting = renewed();
        } finally {
            lock.unlock();
        }
        waiting.complete(this);
        if (drained) {
            close();
        }
    }

    /** The target refused a stream, which was given back. Further ones wait for those that it serves. */
    void refused() {
        lock.lock();
        try {
            streams.refused();
            unchangedSince = ticker.nanos();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets one waiting request try whether a busy target serves a further stream, when it neither ended nor refused one for
     * a while.
     */
    void probe() {
        CompletableFuture<Http2Connection> waiting;
        lock.lock();
        try {
            if (!streams.isBusy() || ticker.nanos() - unchangedSince < PROBE_AFTER.toNanos()) {
                return;
            }
            streams.probe();
            waiting = renewed();
        } finally {
            lock.unlock();
        }
        waiting.complete(this);
    }

    /**
     * The end of a stream, for requests that wait because the target is busy.
     *
     * @return null when a further stream need not wait for one
     */
    @Nullable
    CompletableFuture<Http2Connection> untilFreed() {
        lock.lock();
        try {
            return !draining && streams.isBusy() ? freed : null;
        } finally {
            lock.unlock();
        }
    }

    /** Replaces the future of {@link #untilFreed}. The caller completes it without the lock. */
    private CompletableFuture<Http2Connection> renewed() {
        CompletableFuture<Http2Connection> waiting = freed;
        freed = new CompletableFuture<>();
        unchangedSince = ticker.nanos();
        return waiting;
    }

    /** The open streams. */
    int streams() {
        return locked(streams::open);
    }

    /** A reading of the ticker, for {@link #timedOut}. */
    long now() {
        return ticker.nanos();
    }

    /** A response head arrived. */
    void answered() {
        lastAnswer = ticker.nanos();
    }

    /**
     * A request got no response in time. When no other did since then either, the peer may be gone without a word, and
     * the connection accepts no further streams.
     *
     * @param since the start of the request
     */
    void timedOut(long since) {
        if (lastAnswer - since < 0) {
            drain();
        }
    }

    /** Accepts no further streams, and closes after the last one. */
    void drain() {
        boolean unused;
        CompletableFuture<Http2Connection> waiting;
        lock.lock();
        try {
            unused = !draining && streams.open() == 0;
            draining = true;
            waiting = renewed();
        } finally {
            lock.unlock();
        }
        waiting.complete(this);
        if (unused) {
            close();
        }
    }

    /** Whether the connection accepts streams, apart from their number. */
    boolean isUsable() {
        return locked(() -> !draining && !session().isClosed());
    }

    /** Whether the connection accepts no further streams, and has none. */
    boolean isEnded() {
        return locked(() -> (draining || session().isClosed()) && streams.open() == 0);
    }

    /**
     * Drains the connection when it was idle or open for too long.
     *
     * @param oldest age in nanoseconds
     * @param longestIdle nanoseconds without a stream
     */
    void retire(long oldest, long longestIdle) {
        if (isOver(ticker.nanos(), oldest, longestIdle)) {
            drain();
        }
    }

    private boolean isOver(long now, long oldest, long longestIdle) {
        return locked(() -> now - openedAt > oldest || (streams.open() == 0 && now - idleSince > longestIdle));
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private void close() {
        Session session = opened.getNow(null);
        if (session != null) {
            session.close(ErrorCode.NO_ERROR.code, "unused", Callback.NOOP);
            // Otherwise Jetty waits without a limit for a peer that ignores GOAWAY.
            ((HTTP2Session) session).getEndPoint().setIdleTimeout(CLOSE_TIMEOUT.toMillis());
        }
    }

    /** Applies the SETTINGS of the target; null values leave the limits unchanged. The first ones open the connection. */
    void settings(Session session, @Nullable Integer streamLimit, @Nullable Integer headLimit) {
        if (headLimit != null && headLimit >= 0) {
            maxHeadBytes = Math.min(headLimit, Http2Connector.MAX_REQUEST_HEAD);
        }
        if (streamLimit != null) {
            locked(() -> streams.permit(streamLimit));
        }
        opened.complete(session);
    }

    /** The connection ended. A connection that was not open yet fails with this reason. */
    void ended(IOException reason) {
        opened.completeExceptionally(reason);
        drain();
    }
}
