package dev.pintle.server.http2;

import dev.pintle.server.guards.LogThrottle;
import dev.pintle.time.Ticker;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.eclipse.jetty.http2.BufferingFlowControlStrategy;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.FlowControlStrategy;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the memory of unread HTTP/2 uploads on all connections of a port.
 *
 * <p>Flow control limits the bytes per connection (RFC 9113 section 5.2). It limits neither the memory, which is larger
 * for shorter frames, nor the total of all connections. At the limit, the gateway resets the upload with the most
 * unread memory. Safe for all threads.
 */
final class Http2UploadMemoryLimit {
    private static final Logger LOG = LoggerFactory.getLogger(Http2UploadMemoryLimit.class);

    /** The memory overhead of one frame in bytes; the measured overhead is 144. */
    private static final int FRAME_OVERHEAD = 256;

    private static final float WINDOW_UPDATE_RATIO = 0.5F;

    private final long max;
    private final int buffer;
    private final Map<Stream, Unread> uploads = new ConcurrentHashMap<>();
    private final AtomicLong usedBytes = new AtomicLong();
    private final LogThrottle log = new LogThrottle(Ticker.SYSTEM);

    /**
     * Creates a limit.
     *
     * @param max bytes of memory for all uploads
     * @param buffer bytes of a read buffer, which a connection holds while one of its bytes is unread
     */
    Http2UploadMemoryLimit(long max, int buffer) {
        this.max = max;
        this.buffer = buffer;
    }

    /**
     * Returns the flow control of one connection, which counts its uploads.
     *
     * @param onStreamEnd receives the identifier of each ended stream
     */
    FlowControlStrategy flowControl(IntConsumer onStreamEnd) {
        return new Counting(onStreamEnd);
    }

    private void received(Stream stream, long position) {
        uploads.compute(stream, (same, before) -> {
            Unread now = before == null ? new Unread(1, buffer, position) : before.plus(position, buffer);
            usedBytes.addAndGet(now.cost - (before == null ? 0 : before.cost));
            return now;
        });
        if (stream.getSession().getStream(stream.getId()) == null) {
            // The stream ended in between and is already removed.
            removed(stream);
        }
        if (usedBytes.get() > max) {
            uploads.entrySet().stream()
                    .max(Map.Entry.comparingByValue(Comparator.comparingLong(Unread::cost)))
                    .ifPresent(largest -> reset(largest.getKey(), largest.getValue()));
        }
    }

    private void consumed(Stream stream) {
        uploads.computeIfPresent(stream, (same, before) -> {
            Unread now = before.minusOne();
            usedBytes.addAndGet((now == null ? 0 : now.cost) - before.cost);
            return now;
        });
    }

    private void removed(Stream stream) {
        Unread unread = uploads.remove(stream);
        if (unread != null) {
            usedBytes.addAndGet(-unread.cost);
        }
    }

    private void reset(Stream stream, Unread unread) {
        removed(stream);
        warn(stream, unread);
        stream.reset(new ResetFrame(stream.getId(), ErrorCode.ENHANCE_YOUR_CALM_ERROR.code), Callback.NOOP);
    }

    private void warn(Stream stream, Unread unread) {
        if (log.permits()) {
            LOG.warn(
                    "Unread HTTP/2 uploads exceed {} MiB. Reset the largest, with {} unread frames, "
                            + "of {}. Allow a larger heap or fewer connections.",
                    max >> 20,
                    unread.frames,
                    stream.getSession().getRemoteSocketAddress());
        }
    }

    /**
     * The unread frames of one upload.
     *
     * @param cost the maximum memory in bytes: a frame may be the only unread one in its buffer
     * @param position the number of bytes that the connection had received with the last frame
     */
    private record Unread(int frames, long cost, long position) {
        Unread plus(long next, int buffer) {
            return new Unread(frames + 1, cost + FRAME_OVERHEAD + Math.min(next - position, buffer), next);
        }

        @Nullable
        Unread minusOne() {
            return frames == 1 ? null : new Unread(frames - 1, cost - cost / frames, position);
        }
    }

    private final class Counting extends BufferingFlowControlStrategy {
        private final IntConsumer onStreamEnd;

        Counting(IntConsumer onStreamEnd) {
            super(WINDOW_UPDATE_RATIO);
            this.onStreamEnd = onStreamEnd;
        }

        @Override
        public void onDataReceived(Session session, @Nullable Stream stream, int length) {
            super.onDataReceived(session, stream, length);
            if (stream != null
                    && ((HTTP2Session) session).getEndPoint().getConnection() instanceof HTTP2Connection connection) {
                received(stream, connection.getBytesIn());
            }
        }

        @Override
        public void onDataConsumed(Session session, @Nullable Stream stream, int length) {
            super.onDataConsumed(session, stream, length);
            if (stream != null) {
                consumed(stream);
            }
        }

        @Override
        public void onStreamDestroyed(Stream stream) {
            super.onStreamDestroyed(stream);
            removed(stream);
            onStreamEnd.accept(stream.getId());
        }
    }
}
