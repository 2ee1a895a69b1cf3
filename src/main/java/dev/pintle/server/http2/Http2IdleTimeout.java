package dev.pintle.server.http2;

import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Ends HTTP/2 connections on which no request was made for as long as a connection may be idle, and those whose client drips a
 * head, whatever else they are busy with, or takes nothing of what it is sent. For the server itself any octet is a sign of life: frames
 * whose end never comes, or PING for ever. Safe for all threads.
 */
public final class Http2IdleTimeout extends AbstractLifeCycle implements Connection.Listener {
    private static final long ROUND_NANOS = Duration.ofMillis(500).toNanos();

    private final Map<Connection, Visit> visits = new ConcurrentHashMap<>();
    private final Duration longestHead;
    private final Ticker ticker;

    /** @param longestHead from the first octet of a head to its last, with an error of two rounds */
    public Http2IdleTimeout(Duration longestHead, Ticker ticker) {
        this.longestHead = longestHead;
        this.ticker = ticker;
    }

    @Override
    protected void doStart() {
        Thread.ofVirtual().name("idle-sessions").start(this::patrol);
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof HTTP2Connection http2) {
            visits.put(
                    connection,
                    new Visit(
                            http2,
                            new Http2FrameTimeout(http2, longestHead, ticker),
                            new Http2WriteStallDetector(http2, ticker),
                            ticker));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        visits.remove(connection);
    }

    private void patrol() {
        while (!isStopping() && !isStopped()) {
            visits.values().forEach(Visit::endIfIdleOrSlow);
            LockSupport.parkNanos(ROUND_NANOS);
        }
    }

    /** One connection of a client. */
    private static final class Visit {
        private final HTTP2Connection connection;
        private final Http2FrameTimeout slowFrame;
        private final Http2WriteStallDetector output;
        private final Ticker ticker;
        private long streamsBefore = -1;
        private long idleSince;

        Visit(HTTP2Connection connection, Http2FrameTimeout slowFrame, Http2WriteStallDetector output, Ticker ticker) {
            this.connection = connection;
            this.slowFrame = slowFrame;
            this.output = output;
            this.ticker = ticker;
            connection.getSession().addEventListener(slowFrame);
            connection.getSession().addEventListener(output);
        }

        void endIfIdleOrSlow() {
            if (output.isForGood()) {
                connection.getEndPoint().close();
            } else if (slowFrame.isOnItsWay()) {
                connection.getSession().onConnectionFailure(ErrorCode.ENHANCE_YOUR_CALM_ERROR.code, "slow_frame");
            } else if (isIdle()) {
                connection.getSession().onConnectionFailure(ErrorCode.NO_ERROR.code, "idle");
            }
        }

        private boolean isIdle() {
            HTTP2Session session = connection.getSession();
            if (session.getStreamCount() > 0 || session.getStreamsOpened() != streamsBefore) {
                streamsBefore = session.getStreamsOpened();
                idleSince = ticker.nanos();
                return false;
            }
            long longestMillis = connection.getEndPoint().getIdleTimeout();
            return ticker.nanos() - idleSince > Duration.ofMillis(longestMillis).toNanos();
        }
    }
}
