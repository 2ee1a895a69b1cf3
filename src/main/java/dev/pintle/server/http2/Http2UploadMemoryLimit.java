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
 * What clients of HTTP/2 have sent and nobody has read yet, on all connections of a port. Flow control bounds the
 * octets of each
 * connection (RFC 9113 section 5.2), but neither what they cost, which is more the shorter their frames are, nor all
 * connections
 * together. When it is more than may be kept, the upload of which most is kept is reset. Safe for all threads.
 */
final class Http2UploadMemoryLimit {
    private static final Logger LOG = LoggerFactory.getLogger(Http2UploadMemoryLimit.class);

    /** The overhead of one frame in bytes; 144 were measured. */
    private static final int OF_A_FRAME = 256;

    private static final float JETTYS_RATIO = 0.5F;

    private final long most;
    private final int buffer;
    private final Map<Stream, Unread> uploads = new ConcurrentHashMap<>();
    private final AtomicLong kept = new AtomicLong();
    private final LogThrottle log = new LogThrottle(Ticker.SYSTEM);

    /**
     * Of uploads that have yet to come.
     *
     * @param most octets of memory for all of them
     * @param buffer octets that a connection reads at once, and keeps as long as one of them is unread
     */
    Http2UploadMemoryLimit(long most, int buffer) {
        this.most = most;
        this.buffer = buffer;
    }

    /**
     * Flow control of one connection that counts its uploads.
     *
     * @param onStreamEnd takes the identifier of each stream that is no more
     */
    FlowControlStrategy flowControl(IntConsumer onStreamEnd) {
        return new Counting(onStreamEnd);
    }

    private void came(Stream stream, long position) {
        uploads.compute(stream, (same, before) -> {
            Unread now = before == null ? new Unread(1, buffer, position) : before.and(position, buffer);
            kept.addAndGet(now.cost - (before == null ? 0 : before.cost));
            return now;
        });
        if (stream.getSession().getStream(stream.getId()) == null) {
            // The stream ended in between and is already removed.
            isOver(stream);
        }
        if (kept.get() > most) {
            uploads.entrySet().stream()
                    .max(Map.Entry.comparingByValue(Comparator.comparingLong(Unread::cost)))
                    .ifPresent(largest -> reset(largest.getKey(), largest.getValue()));
        }
    }

    private void wasRead(Stream stream) {
        uploads.computeIfPresent(stream, (same, before) -> {
            Unread now = before.less();
            kept.addAndGet((now == null ? 0 : now.cost) - before.cost);
            return now;
        });
    }

    private void isOver(Stream stream) {
        Unread unread = uploads.remove(stream);
        if (unread != null) {
            kept.addAndGet(-unread.cost);
        }
    }

    private void reset(Stream stream, Unread unread) {
        isOver(stream);
        warn(stream, unread);
        stream.reset(new ResetFrame(stream.getId(), ErrorCode.ENHANCE_YOUR_CALM_ERROR.code), Callback.NOOP);
    }

    private void warn(Stream stream, Unread unread) {
        if (log.permits()) {
            LOG.warn(
                    "Uploads that no upstream reads take {} MiB; reset was the largest, with {} frames unread, of {}",
                    most >> 20,
                    unread.frames,
                    stream.getSession().getRemoteSocketAddress());
        }
    }

    /**
     * Frames of one upload.
     *
     * @param cost at most, in octets: a frame may be the only one in its buffer that nobody read
     * @param position of the last one in all that its connection has sent
     */
    private record Unread(int frames, long cost, long position) {
        Unread and(long next, int buffer) {
            return new Unread(frames + 1, cost + OF_A_FRAME + Math.min(next - position, buffer), next);
        }

        @Nullable
        Unread less() {
            return frames == 1 ? null : new Unread(frames - 1, cost - cost / frames, position);
        }
    }

    private final class Counting extends BufferingFlowControlStrategy {
        private final IntConsumer onStreamEnd;

        Counting(IntConsumer onStreamEnd) {
            super(JETTYS_RATIO);
            this.onStreamEnd = onStreamEnd;
        }

        @Override
        public void onDataReceived(Session session, @Nullable Stream stream, int length) {
            super.onDataReceived(session, stream, length);
            if (stream != null
                    && ((HTTP2Session) session).getEndPoint().getConnection() instanceof HTTP2Connection connection) {
                came(stream, connection.getBytesIn());
            }
        }

        @Override
        public void onDataConsumed(Session session, @Nullable Stream stream, int length) {
            super.onDataConsumed(session, stream, length);
            if (stream != null) {
                wasRead(stream);
            }
        }

        @Override
        public void onStreamDestroyed(Stream stream) {
            super.onStreamDestroyed(stream);
            isOver(stream);
            onStreamEnd.accept(stream.getId());
        }
    }
}
