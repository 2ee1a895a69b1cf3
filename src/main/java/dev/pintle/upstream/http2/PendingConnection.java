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

    /**
     * Waits until the connection is open.
     *
     * @throws IOException the reason when it cannot be opened
     */
    void await(long nanos) throws IOException, InterruptedException {
        try {
            result.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException reason ? reason : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("the connect timeout expired");
        }
    }
}
