package dev.pintle.server.http2;

import dev.pintle.time.Ticker;
import java.time.Duration;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.Frame;

/**
 * Tells of one HTTP/2 connection whether octets still come for a frame, or for a head of several frames, that began too long
 * ago. DATA may take its time: how fast a body has to be is judged elsewhere. It has to be asked again and again, by one thread.
 */
final class Http2FrameTimeout implements HTTP2Session.FrameListener {
    private final HTTP2Connection connection;
    private final long longestNanos;
    private final Ticker ticker;

    /** When the latest frame of a body began; the server's own time, that tells frames apart. */
    private volatile long body = Long.MIN_VALUE;

    private long frame = Long.MIN_VALUE;
    private long seenSince;
    private long octetsBefore;
    private boolean suspected;

    /** @param longest from the first octet of a frame, or of a head, to its last */
    Http2FrameTimeout(HTTP2Connection connection, Duration longest, Ticker ticker) {
        this.connection = connection;
        this.longestNanos = longest.toNanos();
        this.ticker = ticker;
    }

    @Override
    public void onIncomingFrame(Session session, Frame incoming) {
        if (incoming instanceof DataFrame) {
            body = begun();
        }
    }

    /**
     * Whether there is one. Octets that have come may be those of the next frame, whose beginning the server has not noted yet;
     * so they count only when it is still the same frame the next time.
     */
    boolean isOnItsWay() {
        long current = begun();
        long octets = connection.getBytesIn();
        boolean same = current == frame && current != body;
        boolean slow = suspected && same;
        if (current != frame) {
            frame = current;
            seenSince = ticker.nanos();
        }
        suspected = same && octets != octetsBefore && ticker.nanos() - seenSince >= longestNanos;
        octetsBefore = octets;
        return slow;
    }

    /** When the frame that is being read, or was read last, began; a head of several frames is one. */
    private long begun() {
        return connection.getSession().getParser().getBeginNanoTime();
    }
}
