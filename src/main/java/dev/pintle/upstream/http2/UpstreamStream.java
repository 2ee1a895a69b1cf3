package dev.pintle.upstream.http2;

import dev.pintle.upstream.target.Target;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 stream, in blocking calls. One thread reads it and another may write to it. Any thread may {@linkplain
 * #fail end} it, which ends their waits.
 */
final class UpstreamStream implements Stream.Listener {
    private final Target target;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<HeadersFrame> heads = new ArrayDeque<>(1);
    private @Nullable Stream stream;
    private @Nullable RuntimeException failure;
    private @Nullable HttpFields trailers;
    private volatile boolean answered;
    private boolean dataAvailable;

    UpstreamStream(Target target) {
        this.target = target;
    }

    /**
     * Sends the head of the request.
     *
     * @throws UnprocessedException when the connection accepts no further stream
     */
    void open(Session session, HeadersFrame head) {
        session.newStream(head, Promise.from(this::opened, this::notOpened), this);
        lock.lock();
        try {
            while (stream == null && failure == null) {
                changed.awaitUninterruptibly();
            }
            throwFailure();
        } finally {
            lock.unlock();
        }
    }

    private void opened(Stream now) {
        if (isUnwanted(now)) {
            reset(now);
        }
    }

    private boolean isUnwanted(Stream now) {
        lock.lock();
        try {
            stream = now;
            changed.signalAll();
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    private void notOpened(Throwable cause) {
        end(new UnprocessedException("accepts no further stream on its connection: " + cause.getMessage()));
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

    /** Returns content that has arrived; null when none has. */
    Stream.@Nullable Data available() {
        return stream().readData();
    }

    /**
     * Waits for content. A slow reader makes the target wait, because each read opens the window of the stream again.
     *
     * @return null when the stream is over
     */
    Stream.@Nullable Data read() {
        while (true) {
            // Frames arrive in order, so that content which has not arrived at the end never does.
            boolean over = isOver();
            Stream.Data data = stream().readData();
            if (data != null || over) {
                return data;
            }
            stream().demand();
            awaitData();
        }
    }

    /** Whether trailers or a failure have ended the stream. */
    private boolean isOver() {
        lock.lock();
        try {
            return trailers != null || failure != null;
        } finally {
            lock.unlock();
        }
    }

    private void awaitData() {
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
        lock.lock();
        try {
            return trailers == null ? HttpFields.EMPTY : trailers;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the stream for both sides. Its reader and its writer get the reason. The first reason counts. */
    void fail(RuntimeException reason) {
        Stream open = end(reason);
        if (open != null) {
            reset(open);
        }
    }

    /** Tells the target that the rest of the stream is not needed. */
    void abandon() {
        Stream open = stream;
        if (open != null) {
            reset(open);
            releaseUnread(open);
        }
    }

    /** Returns unread content to the window of the connection. The reset of a closed stream does not. */
    private static void releaseUnread(Stream stream) {
        Stream.Data data = stream.readData();
        while (data != null) {
            boolean last = data.frame().isEndStream();
            data.release();
            data = last ? null : stream.readData();
        }
    }

    private @Nullable Stream end(RuntimeException reason) {
        lock.lock();
        try {
            if (failure == null) {
                failure = reason;
            }
            changed.signalAll();
            return stream;
        } finally {
            lock.unlock();
        }
    }

    private static void reset(Stream stream) {
        if (!stream.isClosed()) {
            stream.reset(new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
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

    private void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    /** The stream after {@link #open}. */
    Stream stream() {
        Stream open = stream;
        if (open == null) {
            throw new IllegalStateException("the stream is not open");
        }
        return open;
    }

    @Override
    public void onHeaders(Stream from, HeadersFrame frame) {
        boolean isResponse = frame.getMetaData() instanceof MetaData.Response;
        lock.lock();
        try {
            if (isResponse && !answered) {
                heads.add(frame);
                answered = ((MetaData.Response) frame.getMetaData()).getStatus() >= 200;
            } else if (!isResponse && answered && frame.isEndStream()) {
                trailers = frame.getMetaData().getHttpFields();
            } else {
                failure = StreamFailure.outOfOrder(target);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onDataAvailable(Stream from) {
        lock.lock();
        try {
            dataAvailable = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onReset(Stream from, ResetFrame frame, Callback callback) {
        end(StreamFailure.reset(frame.getError(), answered, target));
        callback.succeeded();
    }

    @Override
    public void onFailure(Stream from, int error, String reason, @Nullable Throwable cause, Callback callback) {
        end(StreamFailure.connection(error, reason, cause, answered, target));
        callback.succeeded();
    }
}
