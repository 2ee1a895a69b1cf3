package dev.pintle.server.http2;

import dev.pintle.server.guards.ConnectionCheck;
import dev.pintle.time.Ticker;
import java.time.Duration;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Ends HTTP/2 connections on which a frame, or a head of several frames, takes too long from its first byte to its
 * last. DATA is exempt, because the minimum data rate applies to bodies. Safe for all threads.
 */
public final class Http2FrameTimeout implements ConnectionCheck {
    private final long timeoutNanos;
    private final Ticker ticker;

    /**
     * Creates the timeout.
     *
     * @param timeout from the first byte of a frame, or of a head, to its last
     */
    public Http2FrameTimeout(Duration timeout, Ticker ticker) {
        this.timeoutNanos = timeout.toNanos();
        this.ticker = ticker;
    }

    @Override
    public @Nullable Runnable watch(Connection connection) {
        if (connection instanceof HTTP2Connection http2) {
            Current current = new Current(http2);
            http2.getSession().addEventListener(current);
            return current::endIfSlow;
        }
        return null;
    }

    /** Times the frame that Jetty reads from one connection. */
    private final class Current implements HTTP2Session.FrameListener {
        private final HTTP2Connection connection;

        /** The start of the latest DATA frame in Jetty's time, which identifies the frame. */
        private volatile long body = Long.MIN_VALUE;

        private long frame = Long.MIN_VALUE;
        private long seenSince;
        private long bytesBefore;
        private boolean suspected;

        Current(HTTP2Connection connection) {
            this.connection = connection;
        }

        @Override
        public void onIncomingFrame(Session session, Frame incoming) {
            if (incoming instanceof DataFrame) {
                body = frameStart();
            }
        }

        void endIfSlow() {
            if (isSlow()) {
                connection.getSession().onConnectionFailure(ErrorCode.ENHANCE_YOUR_CALM_ERROR.code, "slow_frame");
            }
        }

        /**
         * Returns whether the current frame is too slow. New bytes can belong to the next frame, whose start Jetty has
         * not recorded yet. They therefore count only if the frame is still the same in the next round.
         */
        private boolean isSlow() {
            long current = frameStart();
            long bytes = connection.getBytesIn();
            boolean same = current == frame && current != body;
            boolean slow = suspected && same;
            if (current != frame) {
                frame = current;
                seenSince = ticker.nanos();
            }
            suspected = same && bytes != bytesBefore && ticker.nanos() - seenSince >= timeoutNanos;
            bytesBefore = bytes;
            return slow;
        }

        /** Returns the start of the frame that Jetty reads, or read last. A head of several frames counts as one. */
        private long frameStart() {
            return connection.getSession().getParser().getBeginNanoTime();
        }
    }
}
