package dev.pintle.server.http2;

import dev.pintle.server.guards.ConnectionCheck;
import dev.pintle.time.Ticker;
import java.time.Duration;
import org.eclipse.jetty.http2.CloseState;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Ends HTTP/2 connections that have had no request for their idle timeout. Jetty counts any byte as activity, also
 * endless PING frames or an incomplete frame. Safe for all threads.
 */
public final class Http2IdleTimeout implements ConnectionCheck {
    /** The time for the client to close its side of a connection that ends. */
    private static final Duration AFTER_GOAWAY = Duration.ofSeconds(1);

    private final Ticker ticker;

    public Http2IdleTimeout(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public @Nullable Runnable watch(Connection connection) {
        return connection instanceof HTTP2Connection http2 ? new Requests(http2)::endIfIdle : null;
    }

    /** Tracks the requests of one connection. */
    private final class Requests {
        private final HTTP2Connection connection;
        private long streamsBefore = -1;
        private CloseState stateBefore = CloseState.NOT_CLOSED;
        private long idleSince;

        Requests(HTTP2Connection connection) {
            this.connection = connection;
        }

        void endIfIdle() {
            HTTP2Session session = connection.getSession();
            CloseState state = session.getCloseState();
            if (session.getStreamCount() > 0 || session.getStreamsOpened() != streamsBefore || state != stateBefore) {
                streamsBefore = session.getStreamsOpened();
                // The shorter timeout begins with the GOAWAY, and not with the last request.
                stateBefore = state;
                idleSince = ticker.nanos();
            } else if (ticker.nanos() - idleSince > idleTimeout().toNanos()) {
                session.onConnectionFailure(ErrorCode.NO_ERROR.code, "idle");
            }
        }

        private Duration idleTimeout() {
            return connection.getSession().getCloseState() == CloseState.NOT_CLOSED
                    ? Duration.ofMillis(connection.getEndPoint().getIdleTimeout())
                    : AFTER_GOAWAY;
        }
    }
}
