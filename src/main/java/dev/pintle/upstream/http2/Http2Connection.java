package dev.pintle.upstream.http2;

import dev.pintle.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection to a target. It counts its streams itself, because a target limits them in its SETTINGS only
 * after the connection is open. Thread-safe.
 */
final class Http2Connection implements Session.Listener {
    /** More streams of one connection would wait for each other's bytes. The pool opens another connection instead. */
    static final int MOST_STREAMS = 100;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Ticker ticker;
    private final long openedAt;
    private final CompletableFuture<Session> opened = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private int streams;
    private int maxStreams = MOST_STREAMS;
    private boolean draining;
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
        lock.lock();
        try {
            return maxStreams;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of a request head that the target accepts (RFC 9113 section 6.5.2). */
    long maxHeadBytes() {
        return maxHeadBytes;
    }

    /** Reserves a stream; {@link #giveBack} releases it. */
    boolean tryTake() {
        lock.lock();
        try {
            boolean free = !draining && streams < maxStreams && !session().isClosed();
            if (free) {
                streams++;
            }
            return free;
        } finally {
            lock.unlock();
        }
    }

    void giveBack() {
        boolean drained;
        lock.lock();
        try {
            streams--;
            idleSince = ticker.nanos();
            drained = draining && streams == 0;
        } finally {
            lock.unlock();
        }
        if (drained) {
            close();
        }
    }

    /** The open streams. */
    int streams() {
        lock.lock();
        try {
            return streams;
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            unused = !draining && streams == 0;
            draining = true;
        } finally {
            lock.unlock();
        }
        if (unused) {
            close();
        }
    }

    /** Whether the connection accepts streams, apart from their number. */
    boolean isUsable() {
        lock.lock();
        try {
            return !draining && !session().isClosed();
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            return now - openedAt > oldest || (streams == 0 && now - idleSince > longestIdle);
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

    /** The gateway accepts no pushed responses. */
    @Override
    public Map<Integer, Integer> onPreface(Session session) {
        return Map.of(SettingsFrame.ENABLE_PUSH, 0);
    }

    @Override
    public void onSettings(Session session, SettingsFrame frame) {
        Integer streamLimit = frame.getSettings().get(SettingsFrame.MAX_CONCURRENT_STREAMS);
        Integer headLimit = frame.getSettings().get(SettingsFrame.MAX_HEADER_LIST_SIZE);
        if (headLimit != null && headLimit >= 0) {
            maxHeadBytes = Math.min(headLimit, Http2Connector.MAX_REQUEST_HEAD);
        }
        if (streamLimit != null) {
            limitStreams(streamLimit);
        }
        opened.complete(session);
    }

    /** @param most a negative number is an unsigned one that Java cannot represent */
    private void limitStreams(int most) {
        lock.lock();
        try {
            maxStreams = most < 0 ? MOST_STREAMS : Math.min(most, MOST_STREAMS);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onGoAway(Session session, GoAwayFrame frame) {
        drain();
    }

    @Override
    public void onClose(Session session, GoAwayFrame frame, Callback callback) {
        ended(new IOException("it closed the connection"));
        callback.succeeded();
    }

    @Override
    public void onFailure(Session session, @Nullable Throwable failure, Callback callback) {
        ended(new IOException("it does not speak HTTP/2, or broke the connection off: " + failure));
        callback.succeeded();
    }

    private void ended(IOException reason) {
        opened.completeExceptionally(reason);
        drain();
    }
}
