package dev.pintle.server.http2;

import dev.pintle.server.guards.MinimumDataRate;
import dev.pintle.time.Ticker;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.io.AbstractEndPoint;

/**
 * Whether the client of an HTTP/2 connection takes nothing any more of what is written to it. Behind that wait, without a limit of the
 * server's own, the frames that it answers or heeds in turn, and resets and farewells too: such a connection can only be closed.
 * Safe for all threads.
 */
final class Http2WriteStallDetector implements HTTP2Session.FrameListener {
    /** What a client that reads may send while one write is on its way is some dozens. */
    private static final int MOST_FRAMES = 1_000;

    /** What is written at once is some multiple of this; who reads slowly on purpose is not waited for. */
    private static final long LONGEST_NANOS =
            MinimumDataRate.longestFor(16 << 10).toNanos();

    private final HTTP2Connection connection;
    private final Ticker ticker;
    private long written;
    private long since;
    private int frames;

    Http2WriteStallDetector(HTTP2Connection connection, Ticker ticker) {
        this.connection = connection;
        this.ticker = ticker;
    }

    @Override
    public synchronized void onIncomingFrame(Session session, Frame frame) {
        if (!(frame instanceof DataFrame) && isWaiting()) {
            frames++;
            if (frames > MOST_FRAMES) {
                connection.getEndPoint().close();
            }
        }
    }

    /** Has to be asked again and again. */
    synchronized boolean isForGood() {
        return isWaiting() && ticker.nanos() - since >= LONGEST_NANOS;
    }

    /** Whether a write is on its way, and was when it was asked before. */
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
