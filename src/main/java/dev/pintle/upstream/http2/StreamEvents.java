package dev.pintle.upstream.http2;

import dev.pintle.upstream.target.Target;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.jspecify.annotations.Nullable;

/** Keeps what one stream from a target brought, and waits for it. The first failure ends all waits and counts. Thread-safe. */
final class StreamEvents {
    /** Limits the interim responses before the final one. */
    private static final int MOST_INTERIM = 100;

    private static final int FIRST_FINAL = 200;

    private final Target target;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<HeadersFrame> heads = new ArrayDeque<>(1);
    private @Nullable RuntimeException failure;
    private @Nullable HttpFields trailers;
    private boolean open;
    private boolean answered;
    private boolean dataAvailable;
    private boolean malformed;
    private int interim;

    StreamEvents(Target target) {
        this.target = target;
    }

    /**
     * The head of the request was sent.
     *
     * @return false when the stream has failed before
     */
    boolean opened() {
        return locked(() -> {
            open = true;
            changed.signalAll();
            return failure == null;
        });
    }

    /**
     * Waits until the head of the request was sent.
     *
     * @throws RuntimeException the failure of the stream
     */
    void awaitOpen() {
        lock.lock();
        try {
            while (!open && failure == null) {
                changed.awaitUninterruptibly();
            }
            throwFailure();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next response head, interim or final.
     *
     * @throws RuntimeException the failure of the stream
     */
    HeadersFrame head() {
        lock.lock();
        try {
            while (heads.isEmpty()) {
                throwFailure();
                changed.awaitUninterruptibly();
            }
            return heads.remove();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the final head or the failure of the stream arrives within a time. Ends early when the target continues (100). */
    boolean hasFinalHeadWithin(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (heads.isEmpty() && failure == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            return answered || failure != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether trailers or a failure have ended the stream. */
    boolean isOver() {
        return locked(() -> trailers != null || failure != null);
    }

    /** Waits for content, or for the end of the stream. */
    void awaitData() {
        lock.lock();
        try {
            while (!dataAvailable && failure == null && trailers == null) {
                changed.awaitUninterruptibly();
            }
            dataAvailable = false;
        } finally {
            lock.unlock();
        }
    }

    /** The trailers of a stream that was read to its end. */
    HttpFields trailers() {
        return locked(() -> trailers == null ? HttpFields.EMPTY : trailers);
    }

    /** Ends all waits with a reason. */
    void fail(RuntimeException reason) {
        lock.lock();
        try {
            if (failure == null) {
                failure = reason;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Requires that a stream which is over was complete.
     *
     * @throws RuntimeException the failure of the stream
     */
    void requireEnd() {
        lock.lock();
        try {
            if (trailers == null) {
                throwFailure();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The failure of a stream with frames out of order, which may be complete otherwise; null for any other stream. */
    @Nullable
    RuntimeException malformation() {
        return locked(() -> malformed ? failure : null);
    }

    private void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    /** Whether the final head arrived. */
    boolean hasAnswered() {
        return locked(() -> answered);
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** @param afterContent whether content arrived before the final head */
    void headers(HeadersFrame frame, boolean afterContent) {
        boolean isResponse = frame.getMetaData() instanceof MetaData.Response;
        lock.lock();
        try {
            if (isResponse && !answered && !afterContent) {
                responseHead(frame);
            } else if (!isResponse && answered && frame.isEndStream()) {
                trailers = frame.getMetaData().getHttpFields();
            } else {
                malformed = true;
                fail(StreamFailure.outOfOrder(target));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The target may send heads faster than a slow client takes them. */
    private void responseHead(HeadersFrame frame) {
        answered = ((MetaData.Response) frame.getMetaData()).getStatus() >= FIRST_FINAL;
        interim += answered ? 0 : 1;
        if (interim > MOST_INTERIM) {
            fail(StreamFailure.tooManyInterim(MOST_INTERIM, target));
        } else {
            heads.add(frame);
        }
    }

    /** Content arrived. */
    void dataArrived() {
        lock.lock();
        try {
            dataAvailable = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
