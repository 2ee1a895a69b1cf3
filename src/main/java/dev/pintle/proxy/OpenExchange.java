package dev.pintle.proxy;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.server.PeekableEndPoint;
import dev.pintle.time.WatchdogTimer;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** An open exchange, for the components that may end it. Safe for all threads, except as noted. */
final class OpenExchange {
    private static final long NOT_CHECKED = Long.MIN_VALUE;

    private final Exchange exchange;
    private final Request request;
    private final Response response;
    private final WatchdogTimer clientTimer;
    private long writtenBefore = NOT_CHECKED;

    /**
     * Registers an exchange.
     *
     * @param clientTimer is set while the exchange reads from its client, or writes to it
     */
    OpenExchange(Exchange exchange, Request request, Response response, WatchdogTimer clientTimer) {
        this.exchange = exchange;
        this.request = request;
        this.response = response;
        this.clientTimer = clientTimer;
    }

    /**
     * Cancels the exchange if its client disconnected. Checks only while the exchange neither reads nor writes, because
     * a read or write detects it anyway. Called by one thread.
     */
    void cancelIfDisconnected() {
        long before = writtenBefore;
        writtenBefore = Response.getContentBytesWritten(response);
        if (writtenBefore == before && !clientTimer.isSet() && clientDisconnected()) {
            cancel(JettyClient.disconnected());
        }
    }

    private boolean clientDisconnected() {
        if (request.getConnectionMetaData().getConnection() instanceof HTTP2Connection http2) {
            HTTP2Stream stream = http2.getSession().getStream(Integer.parseInt(request.getId()));
            return stream == null || stream.isResetOrFailed();
        }
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        PeekableEndPoint socket = PeekableEndPoint.under(endPoint);
        return socket != null && socket.peek(endPoint.isSecure()) == PeekableEndPoint.PeekResult.CLOSED;
    }

    void cancel(ExchangeException cause) {
        exchange.cancellation().cancel(cause);
    }

    /** Aborts the client connection or stream. */
    void abort() {
        exchange.client().abort();
    }
}
