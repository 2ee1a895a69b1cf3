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
 * Closes HTTP/1.1 connections whose request head takes too long from its first byte to its last. It ignores connections that are
 * idle between requests, or whose request is being answered. Safe for all threads.
 */
public final class RequestHeaderTimeout implements ConnectionCheck, HttpConfiguration.Customizer {
    private static final String HEAD = RequestHeaderTimeout.class.getName();

    private final long longestNanos;
    private final Ticker ticker;

    /** @param longest from the first byte of a head to its last */
    RequestHeaderTimeout(Duration longest, Ticker ticker) {
        this.longestNanos = longest.toNanos();
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

    /** Jetty has received a whole head. */
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        if (request.getConnectionMetaData().getAttribute(HEAD) instanceof Head head) {
            head.serves(request);
            Request.addCompletionListener(request, failure -> head.served(request));
        }
        return request;
    }

    /** Whether this check closed the connection of a request. */
    public static boolean ended(Request request) {
        return request.getConnectionMetaData().getAttribute(HEAD) instanceof Head head && head.ended;
    }

    /** The heads of one connection, one after the other. */
    private final class Head {
        private static final long NOT_BEGUN = Long.MIN_VALUE;

        private final HttpConnection connection;
        private final AtomicReference<@Nullable Request> serving = new AtomicReference<>();
        private volatile long bytesBefore;
        private volatile boolean ended;
        private long begunAt = NOT_BEGUN;
        private long begunBehind;

        Head(HttpConnection connection) {
            this.connection = connection;
        }

        void serves(Request request) {
            serving.set(request);
        }

        /** A pipelined request may be served already; it is not over with this one. */
        void served(Request request) {
            bytesBefore = connection.getBytesIn();
            serving.compareAndSet(request, null);
        }

        /** Jetty answers where it has a request line already; otherwise it closes without an answer. */
        void closeIfSlow() {
            if (nanosInHead() >= longestNanos) {
                ended = true;
                connection.close();
            }
        }

        private long nanosInHead() {
            long now = ticker.nanos();
            long behind = bytesBefore;
            if (serving.get() != null || connection.getBytesIn() == behind) {
                begunAt = NOT_BEGUN;
            } else if (begunAt == NOT_BEGUN || begunBehind != behind) {
                begunAt = now;
                begunBehind = behind;
            }
            return begunAt == NOT_BEGUN ? 0 : now - begunAt;
        }
    }
}
