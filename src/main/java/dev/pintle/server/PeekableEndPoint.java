package dev.pintle.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A client's socket that detects whether the client closed it, and loses no bytes for its reader. Java has no such
 * call, so a peek reads ahead, and the next reader receives those bytes first. Safe for all threads.
 */
public final class PeekableEndPoint extends SocketChannelEndPoint {
    /** The result of a peek. */
    public enum Sight {
        /** The connection is open and silent, or its reader will see for itself. */
        SILENCE,
        /** Bytes wait for a reader; whether the client is still connected is unknown. */
        BYTES,
        /** The client closed or reset the connection. */
        END
    }

    /**
     * Space for the TLS alerts that a client sends before it closes: the JDK sends two, padded to 80 bytes.
     */
    private static final int LONGEST_FAREWELL = 128;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final Executor executor;
    private final ReentrantLock reading = new ReentrantLock();
    private ByteBuffer ahead = NONE;

    /** @param executor runs a reader for whom bytes were read ahead */
    PeekableEndPoint(
            SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler, Executor executor) {
        super(channel, selector, key, scheduler);
        this.executor = executor;
    }

    /** The socket underneath TLS and the like; null when it is of another kind. */
    public static @Nullable PeekableEndPoint under(EndPoint endPoint) {
        EndPoint inner = endPoint;
        while (inner instanceof EndPoint.Wrapper wrapper) {
            inner = wrapper.unwrap();
        }
        return inner instanceof PeekableEndPoint socket ? socket : null;
    }

    /**
     * Looks without waiting.
     *
     * @param encrypted whether the bytes are TLS records, of which the last ones say goodbye
     */
    public Sight peek(boolean encrypted) {
        if (isFillInterested() || !reading.tryLock()) {
            return Sight.SILENCE;
        }
        try {
            return readAhead(encrypted ? LONGEST_FAREWELL : 1);
        } catch (IOException e) {
            return Sight.END;
        } finally {
            reading.unlock();
            wakeReader();
        }
    }

    private Sight readAhead(int most) throws IOException {
        if (ahead.remaining() >= most) {
            return Sight.BYTES;
        }
        ByteBuffer longer = ByteBuffer.allocate(most).put(ahead);
        int read = getChannel().read(longer);
        if (longer.position() > ahead.remaining()) {
            ahead = longer.flip();
        }
        return read < 0 ? Sight.END : ahead.remaining() < most ? Sight.SILENCE : Sight.BYTES;
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        reading.lock();
        try {
            return ahead.hasRemaining() ? takeAhead(buffer) : super.fill(buffer);
        } finally {
            reading.unlock();
        }
    }

    private int takeAhead(ByteBuffer buffer) {
        int start = BufferUtil.flipToFill(buffer);
        int taken = BufferUtil.put(ahead, buffer);
        BufferUtil.flipToFlush(buffer, start);
        notIdle();
        return taken;
    }

    /** Bytes that were read ahead are not announced by the selector any more. */
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
