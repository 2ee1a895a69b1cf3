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

/** An exchange under way, as seen by those who may have to end it. Safe for all threads, except as noted. */
final class OpenExchange {
    private static final long NEVER_SEEN = Long.MIN_VALUE;

    private final Exchange exchange;
    private final Request request;
    private final Response response;
    private final WatchdogTimer patience;
    private long writtenBefore = NEVER_SEEN;

    /** @param patience is set while the exchange reads from its client, or writes to it */
    OpenExchange(Exchange exchange, Request request, Response response, WatchdogTimer patience) {
        this.exchange = exchange;
        this.request = request;
        this.response = response;
        this.patience = patience;
    }

    /**
     * Cancels the exchange if its client left. Checks only while the exchange neither reads nor writes; a read or write
     * detects it anyway. Called by one thread.
     */
    void cancelIfClientLeft() {
        long before = writtenBefore;
        writtenBefore = Response.getContentBytesWritten(response);
        if (writtenBefore == before && !patience.isSet() && clientLeft()) {
            cancel(JettyClient.gone());
        }
    }

    private boolean clientLeft() {
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

    /** Keeps the idle time-out that the route gave the client: a connector that shuts down shortens it to a second. */
    void keepClientPatience() {
        ((JettyClient) exchange.client()).keepIdle();
    }

    /** Cuts the client's connection or stream. */
    void abort() {
        exchange.client().abort();
    }
}
