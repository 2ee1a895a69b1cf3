package dev.pintle.server.http2;

import dev.pintle.server.guards.ConnectionCheck;
import dev.pintle.server.guards.MinimumDataRate;
import dev.pintle.time.Ticker;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Closes HTTP/2 connections whose client has stopped reading. While a write is blocked, Jetty queues replies, resets
 * and GOAWAY without a limit. Safe for all threads.
 */
public final class Http2WriteStallDetector implements ConnectionCheck {
    /** A client that reads sends a few dozen frames during one write. */
    private static final int MAX_QUEUED_FRAMES = 1_000;

    /** Jetty writes a multiple of this size at once. A deliberately slow client gets no more time. */
    private static final long MAX_WRITE_NANOS =
            MinimumDataRate.timeFor(16 << 10).toNanos();

    private final Ticker ticker;

    public Http2WriteStallDetector(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public @Nullable Runnable watch(Connection connection) {
        if (connection instanceof HTTP2Connection http2) {
            Output output = new Output(http2);
            http2.getSession().addEventListener(output);
            return output::closeIfStalled;
        }
        return null;
    }

    /** Tracks the bytes that the gateway writes to one connection. */
    private final class Output implements HTTP2Session.FrameListener {
        private final HTTP2Connection connection;
        private long written;
        private long since;
        private int frames;

        Output(HTTP2Connection connection) {
            this.connection = connection;
        }

        @Override
        public synchronized void onIncomingFrame(Session session, Frame frame) {
            if (!(frame instanceof DataFrame) && isWaiting()) {
                frames++;
                if (frames > MAX_QUEUED_FRAMES) {
                    connection.getEndPoint().close();
                }
            }
        }

        synchronized void closeIfStalled() {
            if (isWaiting() && ticker.nanos() - since >= MAX_WRITE_NANOS) {
                connection.getEndPoint().close();
            }
        }

        /** Returns whether a write is in progress, and was so in the previous call. */
        private boolean isWaiting() {
            long before = written;
            written = connection.getBytesOut();
            if (written == before
                    && ((AbstractEndPoint) connection.getEndPoint())
                            .getWriteFlusher()
                            .isPending()) {
                return true;
            }
            since = ticker.nanos();
            frames = 0;
            return false;
        }
    }
}
