package dev.pintle.upstream.http2;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A connection that is being opened, and the requests that wait for it. */
final class PendingConnection {
    private final CompletableFuture<Http2Connection> result = new CompletableFuture<>();
    private int places;

    /** @param waiting the requests that may wait for this connection */
    PendingConnection(int waiting) {
        this.places = waiting;
    }

    /** Whether one more request may wait. Called under the lock of the pool. */
    boolean tryJoin() {
        return places-- > 0;
    }

    void complete(Http2Connection connection) {
        result.complete(connection);
    }

    void fail(Exception reason) {
        result.completeExceptionally(reason);
    }

    /** Completes when the connection is open. */
    CompletableFuture<Http2Connection> result() {
        return result;
    }

    /**
     * Waits until a connection is open, or until a connection has a stream left.
     *
     * @throws IOException the reason when the connection cannot be opened
     */
    static Http2Connection await(CompletableFuture<Http2Connection> result, long nanos)
            throws IOException, InterruptedException {
        try {
            return result.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException reason ? reason : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("the connect timeout expired");
        }
    }
}
