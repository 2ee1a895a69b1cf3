package dev.pintle.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A client socket that detects whether the client closed it, without losing bytes for its reader. Java has no call for
 * this. A peek therefore reads ahead, and the next reader receives those bytes first. Safe for all threads.
 */
public final class PeekableEndPoint extends LazyIdleEndPoint {
    /** The result of a peek. */
    public enum PeekResult {
        /** The connection is open without unread bytes, or a reader detects its end. */
        SILENT,
        /** The socket has unread bytes; whether the client is still connected is unknown. */
        BYTES,
        /** The client closed or reset the connection. */
        CLOSED
    }

    /** Space for the TLS alerts that a client sends before it closes. The JDK sends two, padded to 80 bytes. */
    private static final int MAX_CLOSING_ALERTS = 128;

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final Executor executor;
    private final ReentrantLock reading = new ReentrantLock();
    private ByteBuffer ahead = EMPTY;

    /**
     * Creates an end point.
     *
     * @param executor notifies a reader about bytes that were read ahead
     */
    PeekableEndPoint(
            SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler, Executor executor) {
        super(channel, selector, key, scheduler);
        this.executor = executor;
    }

    /** Returns the socket below wrappers such as TLS; null when it has another type. */
    public static @Nullable PeekableEndPoint under(EndPoint endPoint) {
        EndPoint inner = endPoint;
        while (inner instanceof EndPoint.Wrapper wrapper) {
            inner = wrapper.unwrap();
        }
        return inner instanceof PeekableEndPoint socket ? socket : null;
    }

    /**
     * Reads ahead without blocking.
     *
     * @param encrypted whether the bytes are TLS records, which end with alerts
     */
    public PeekResult peek(boolean encrypted) {
        if (isFillInterested() || !reading.tryLock()) {
            return PeekResult.SILENT;
        }
        try {
            return readAhead(encrypted ? MAX_CLOSING_ALERTS : 1);
        } catch (IOException e) {
            return PeekResult.CLOSED;
        } finally {
            reading.unlock();
            wakeReader();
        }
    }

    private PeekResult readAhead(int max) throws IOException {
        if (ahead.remaining() >= max) {
            return PeekResult.BYTES;
        }
        ByteBuffer longer = ByteBuffer.allocate(max).put(ahead);
        int read = getChannel().read(longer);
        if (longer.position() > ahead.remaining()) {
            ahead = longer.flip();
        }
        return read < 0 ? PeekResult.CLOSED : ahead.remaining() < max ? PeekResult.SILENT : PeekResult.BYTES;
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        reading.lock();
        try {
            return ahead.hasRemaining() ? drainAhead(buffer) : super.fill(buffer);
        } finally {
            reading.unlock();
        }
    }

    private int drainAhead(ByteBuffer buffer) {
        int start = BufferUtil.flipToFill(buffer);
        int count = BufferUtil.put(ahead, buffer);
        BufferUtil.flipToFlush(buffer, start);
        notIdle();
        return count;
    }

    /**
     * Notifies the reader directly about bytes that were read ahead, because the selector does not report them again.
     */
    @Override
    protected void needsFillInterest() {
        if (hasAhead()) {
            wakeReader();
        } else {
            super.needsFillInterest();
        }
    }

    private void wakeReader() {
        if (isFillInterested() && hasAhead()) {
            executor.execute(getFillInterest()::fillable);
        }
    }

    private boolean hasAhead() {
        reading.lock();
        try {
            return ahead.hasRemaining();
        } finally {
            reading.unlock();
        }
    }
}
