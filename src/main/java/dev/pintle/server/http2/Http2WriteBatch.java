package dev.pintle.server.http2;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http2.CloseState;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/**
 * Writes the small responses of many streams together. Jetty writes each of them alone, although other responses are about to follow.
 *
 * <p>A write succeeds when it is copied to the batch, as if the batch were a part of the socket's buffer. The thread
 * that the executor runs next writes the batch, after the threads that are ready now. A write that is too large, or
 * follows while another one is in progress, succeeds when its bytes are written, so a client that does not read gets
 * one batch at most. Safe for all threads; Jetty starts no write before the last one has succeeded.
 */
final class Http2WriteBatch extends EndPointWrapper {
    /** The size of a TLS record, and of about 40 small responses. */
    private static final int MAX_BYTES = 16 << 10;

    private final EndPoint endPoint;
    private final Executor executor;
    private final ByteBufferPool pool;
    private final BooleanSupplier collects;
    private RetainableByteBuffer.@Nullable Mutable batch;
    private @Nullable Write next;
    private @Nullable Throwable failure;
    private boolean scheduled;
    private boolean writing;

    /**
     * Returns the batch of one connection. It collects while several streams are open, so that one alone has no delay, and until the
     * connection begins to close, because Jetty closes the socket when the last frame is written.
     */
    static Http2WriteBatch of(Connector connector, EndPoint endPoint) {
        return new Http2WriteBatch(
                endPoint, connector.getExecutor(), connector.getByteBufferPool(), () -> hasSeveralStreams(endPoint));
    }

    private static boolean hasSeveralStreams(EndPoint endPoint) {
        return endPoint.getConnection() instanceof HTTP2Connection http2
                && http2.getSession().getStreamCount() > 1
                && http2.getSession().getCloseState() == CloseState.NOT_CLOSED;
    }

    /**
     * Creates a batch of one connection.
     *
     * @param executor writes the batch
     * @param collects whether the batch may collect now
     */
    Http2WriteBatch(EndPoint endPoint, Executor executor, ByteBufferPool pool, BooleanSupplier collects) {
        super(endPoint);
        this.endPoint = endPoint;
        this.executor = executor;
        this.pool = pool;
        this.collects = collects;
    }

    @Override
    public void write(Callback callback, ByteBuffer... buffers) {
        // Before the lock, because Jetty may take locks of its own.
        boolean mayWait = collects.getAsBoolean();
        step(callback, buffers, mayWait).run();
    }

    /** Returns what remains to be done without the lock. */
    private synchronized Runnable step(Callback callback, ByteBuffer[] buffers, boolean mayWait) {
        Throwable failed = failure;
        if (failed != null) {
            return () -> callback.failed(failed);
        }
        if (writing) {
            next = new Write(callback, List.of(buffers));
            return () -> {};
        }
        if (mayWait && fits(buffers)) {
            return add(callback, buffers);
        }
        RetainableByteBuffer collected = batch;
        if (collected == null) {
            return () -> endPoint.write(callback, buffers);
        }
        return start(collected, callback, buffers);
    }

    private boolean fits(ByteBuffer[] buffers) {
        long bytes = batch == null ? 0 : batch.remaining();
        for (ByteBuffer buffer : buffers) {
            bytes += buffer.remaining();
        }
        return bytes <= MAX_BYTES;
    }

    private Runnable add(Callback callback, ByteBuffer[] buffers) {
        if (batch == null) {
            batch = pool.acquire(MAX_BYTES, true);
        }
        for (ByteBuffer buffer : buffers) {
            batch.append(buffer);
        }
        boolean first = !scheduled;
        scheduled = true;
        return () -> {
            if (first) {
                schedule();
            }
            callback.succeeded();
        };
    }

    private void schedule() {
        try {
            executor.execute(this::writeBatch);
        } catch (RejectedExecutionException e) {
            // The server stops.
            writeBatch();
        }
    }

    private void writeBatch() {
        Runnable start;
        synchronized (this) {
            scheduled = false;
            RetainableByteBuffer collected = batch;
            if (collected == null) {
                return;
            }
            start = start(collected, Callback.NOOP);
        }
        start.run();
    }

    private Runnable start(RetainableByteBuffer collected, Callback callback, ByteBuffer... buffers) {
        batch = null;
        writing = true;
        ByteBuffer[] all = new ByteBuffer[buffers.length + 1];
        all[0] = collected.getByteBuffer();
        System.arraycopy(buffers, 0, all, 1, buffers.length);
        return () -> endPoint.write(
                Callback.from(
                        InvocationType.BLOCKING,
                        () -> written(collected, callback),
                        cause -> failed(collected, callback, cause)),
                all);
    }

    private void written(RetainableByteBuffer collected, Callback callback) {
        collected.release();
        Write following;
        synchronized (this) {
            writing = false;
            following = next;
            next = null;
        }
        callback.succeeded();
        if (following != null) {
            endPoint.write(following.callback, following.buffers.toArray(ByteBuffer[]::new));
        }
    }

    /** Closes the connection, because the streams of the batch ended with success and cannot report the failure. */
    private void failed(RetainableByteBuffer collected, Callback callback, Throwable cause) {
        collected.release();
        Write following;
        synchronized (this) {
            failure = cause;
            following = next;
            next = null;
        }
        callback.failed(cause);
        if (following != null) {
            following.callback.failed(cause);
        }
        endPoint.close(cause);
    }

    private record Write(Callback callback, List<ByteBuffer> buffers) {}
}
