package dev.pintle.server;

import dev.pintle.server.http2.Http2IdleTimeout;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections on which a request head begins and does not come to its end in time. The server itself bounds the gap
 * between two octets only, so that a head which drips would hold its connection for ever. Safe for all threads.
 *
 * <p>A connection that rests between requests, or whose request is being answered, is none of its business; neither is one of HTTP/2, which {@link Http2IdleTimeout} looks after.
 */
public final class RequestHeaderTimeout extends AbstractLifeCycle
        implements Connection.Listener, HttpConfiguration.Customizer {
    private static final String ENDED = RequestHeaderTimeout.class.getName();
    private static final long MOST_ROUND_NANOS = Duration.ofSeconds(1).toNanos();

    private final Map<Connection, Visit> visits = new ConcurrentHashMap<>();
    private final long longestNanos;
    private final Ticker ticker;

    /** @param longest from the first octet of a head to its last, with an error of a second or a quarter of it */
    RequestHeaderTimeout(Duration longest, Ticker ticker) {
        this.longestNanos = longest.toNanos();
        this.ticker = ticker;
    }

    @Override
    protected void doStart() {
        Thread.ofVirtual().name("slow-heads").start(this::patrol);
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof HttpConnection attributes) {
            visits.put(connection, new Visit(connection, attributes));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        visits.remove(connection);
    }

    /** A head has come to its end. */
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        Visit visit = visits.get(request.getConnectionMetaData().getConnection());
        if (visit != null) {
            visit.serves(request);
            Request.addCompletionListener(request, failure -> visit.served(request));
        }
        return request;
    }

    /** Whether what is left of a request comes from a connection that was closed here. */
    public static boolean ended(Request request) {
        return request.getConnectionMetaData().getAttribute(ENDED) != null;
    }

    private void patrol() {
        while (!isStopping() && !isStopped()) {
            long now = ticker.nanos();
            for (Visit visit : visits.values()) {
                if (visit.inHeadSince(now) >= longestNanos) {
                    visit.end();
                }
            }
            LockSupport.parkNanos(Math.min(longestNanos / 4, MOST_ROUND_NANOS));
        }
    }

    /** One connection of a client. */
    private static final class Visit {
        private static final long NOT_BEGUN = Long.MIN_VALUE;

        private final Connection connection;
        private final ConnectionMetaData attributes;
        private final AtomicReference<@Nullable Request> serving = new AtomicReference<>();
        private volatile long octetsBefore;
        private volatile long begunAt = NOT_BEGUN;

        Visit(Connection connection, ConnectionMetaData attributes) {
            this.connection = connection;
            this.attributes = attributes;
        }

        void serves(Request request) {
            serving.set(request);
            begunAt = NOT_BEGUN;
        }

        /** The next request may have come meanwhile, and is not over with this one. */
        void served(Request request) {
            octetsBefore = connection.getBytesIn();
            serving.compareAndSet(request, null);
        }

        /** Where the server has a request line already, it has what it needs to refuse; else it closes without a word. */
        void end() {
            attributes.setAttribute(ENDED, true);
            connection.close();
        }

        /** For how many nanoseconds a head has been on its way; zero when none is. */
        long inHeadSince(long now) {
            if (serving.get() != null || connection.getBytesIn() == octetsBefore) {
                begunAt = NOT_BEGUN;
                return 0;
            }
            if (begunAt == NOT_BEGUN) {
                begunAt = now;
            }
            return now - begunAt;
        }
    }
}
