package dev.pintle.server;

import dev.pintle.server.guards.ConnectionCheck;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * Closes HTTP/1.1 connections whose request head takes too long from its first byte to its last. It ignores connections
 * that are idle between requests or have a request in progress. Safe for all threads.
 */
public final class RequestHeaderTimeout implements ConnectionCheck, HttpConfiguration.Customizer {
    private static final String HEAD = RequestHeaderTimeout.class.getName();

    private final long timeoutNanos;
    private final Ticker ticker;

    /**
     * Creates the timeout.
     *
     * @param timeout from the first byte of a head to its last
     */
    RequestHeaderTimeout(Duration timeout, Ticker ticker) {
        this.timeoutNanos = timeout.toNanos();
        this.ticker = ticker;
    }

    @Override
    public @Nullable Runnable watch(Connection connection) {
        if (connection instanceof HttpConnection http1) {
            Head head = new Head(http1);
            http1.setAttribute(HEAD, head);
            return head::closeIfSlow;
        }
        return null;
    }

    /** Marks a request as in progress when Jetty has received its whole head. */
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        if (request.getConnectionMetaData().getAttribute(HEAD) instanceof Head head) {
            head.started(request);
            Request.addCompletionListener(request, failure -> head.completed(request));
        }
        return request;
    }

    /** Returns whether this check closed the connection of a request. */
    public static boolean ended(Request request) {
        return request.getConnectionMetaData().getAttribute(HEAD) instanceof Head head && head.ended;
    }

    /** Times the heads of one connection, one after the other. */
    private final class Head {
        private static final long NOT_STARTED = Long.MIN_VALUE;

        private final HttpConnection connection;
        private final AtomicReference<@Nullable Request> current = new AtomicReference<>();
        private volatile long completedBytesIn;
        private volatile boolean ended;
        private long startedAt = NOT_STARTED;
        private long startBytes;

        Head(HttpConnection connection) {
            this.connection = connection;
        }

        void started(Request request) {
            current.set(request);
        }

        /** Ends a request, unless a pipelined one is already in progress. */
        void completed(Request request) {
            completedBytesIn = connection.getBytesIn();
            current.compareAndSet(request, null);
        }

        /** Closes a slow connection. Jetty responds first if it has received the request line. */
        void closeIfSlow() {
            if (nanosInHead() >= timeoutNanos) {
                ended = true;
                connection.close();
            }
        }

        private long nanosInHead() {
            long now = ticker.nanos();
            long completedBytes = completedBytesIn;
            if (current.get() != null || connection.getBytesIn() == completedBytes) {
                startedAt = NOT_STARTED;
            } else if (startedAt == NOT_STARTED || startBytes != completedBytes) {
                startedAt = now;
                startBytes = completedBytes;
            }
            return startedAt == NOT_STARTED ? 0 : now - startedAt;
        }
    }
}
