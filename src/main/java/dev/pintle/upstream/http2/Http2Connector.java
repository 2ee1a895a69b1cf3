package dev.pintle.upstream.http2;

import dev.pintle.time.Ticker;
import dev.pintle.upstream.dns.Dialer;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.UpstreamProtocol;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.HTTP2ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Opens HTTP/2 connections. Jetty's client starts with the first one, so that a node without HTTP/2 upstreams saves its
 * threads. Thread-safe.
 */
final class Http2Connector implements AutoCloseable {
    /** Jetty calls back on these threads, and no callback blocks. */
    private static final int THREADS = 8;

    /** The bytes of one response that a slow client leaves unread; the target then waits. */
    private static final int STREAM_WINDOW = 128 << 10;

    /** So large that slow clients of some streams do not delay the others. */
    private static final int CONNECTION_WINDOW = StreamLimit.MOST * STREAM_WINDOW;

    /**
     * The largest request head, counted as in HTTP/2: with 32 bytes for each header. The head of a client fits, with the
     * headers that the gateway adds. Jetty closes the whole connection at a larger one.
     */
    static final int MAX_REQUEST_HEAD = 64 << 10;

    private final Dialer dialer;
    private final Ticker ticker;
    private final int maxHeadBytes;
    private @Nullable HTTP2Client client;
    private boolean closed;

    /** @param maxHeadBytes of names and values in a response head */
    Http2Connector(Dialer dialer, Ticker ticker, int maxHeadBytes) {
        this.dialer = dialer;
        this.ticker = ticker;
        this.maxHeadBytes = maxHeadBytes;
    }

    /**
     * Opens a connection, and waits for the SETTINGS of the target.
     *
     * @throws Http1SelectedException when the target selects HTTP/1.1 by ALPN
     */
    Http2Connection open(Target target, Duration timeout) throws IOException {
        HTTP2Client http2 = started();
        long deadline = dialer.deadlineIn(timeout.toNanos());
        SocketChannel channel = dialer.dial(target.route().getTargetHost(), deadline, socket -> {})
                .getChannel();
        Http2Connection connection = new Http2Connection(ticker);
        boolean done = false;
        try {
            http2.getClientConnector().accept(channel, context(http2, connection, target));
            await(connection.opened(), deadline);
            done = true;
            return connection;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    private Map<String, Object> context(HTTP2Client http2, Http2Connection connection, Target target) {
        CompletableFuture<Session> opened = connection.opened();
        ClientConnectionFactory factory = new HTTP2ClientConnectionFactory();
        return new ConcurrentHashMap<>(Map.of(
                HTTP2Client.CONTEXT_KEY,
                http2,
                HTTP2Client.SESSION_LISTENER_CONTEXT_KEY,
                new ConnectionEvents(connection),
                HTTP2Client.SESSION_PROMISE_CONTEXT_KEY,
                Promise.<Session>from(session -> {}, opened::completeExceptionally),
                ClientConnector.CONNECTION_PROMISE_CONTEXT_KEY,
                Promise.<Object>from(ignored -> {}, opened::completeExceptionally),
                Transport.CONTEXT_KEY,
                Transport.TCP_IP,
                ClientConnectionFactory.CONTEXT_KEY,
                target.isSecure()
                        ? new TlsConnectionFactory(target.tls().engine(protocols(target)), factory, opened)
                        : factory));
    }

    private static List<String> protocols(Target target) {
        return target.protocol() == UpstreamProtocol.AUTO ? List.of("h2", "http/1.1") : List.of("h2");
    }

    /** Retries until the deadline, because its ticker stands still while this node is paused. */
    private void await(CompletableFuture<Session> opened, long deadline) throws IOException {
        while (true) {
            int millis = dialer.millisUntil(deadline);
            try {
                opened.get(millis, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                // The deadline decides.
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while a connection was opened");
            }
        }
    }

    private synchronized HTTP2Client started() throws IOException {
        if (closed) {
            throw new SocketTimeoutException("the gateway shuts down");
        }
        HTTP2Client running = client;
        if (running == null) {
            running = create();
            client = running;
        }
        return running;
    }

    private HTTP2Client create() {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
        threads.setName("http2-client");
        threads.setDaemon(true);
        HTTP2Client http2 = new HTTP2Client();
        http2.setExecutor(threads);
        http2.setSelectors(1);
        http2.setInitialStreamRecvWindow(STREAM_WINDOW);
        http2.setInitialSessionRecvWindow(CONNECTION_WINDOW);
        http2.setMaxRequestHeadersSize(MAX_REQUEST_HEAD);
        http2.setMaxResponseHeadersSize(maxHeadBytes);
        // The gateway has its own timeouts.
        http2.setIdleTimeout(0);
        http2.setStreamIdleTimeout(0);
        try {
            http2.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP/2 client cannot start", e);
        }
        return http2;
    }

    /** Closes every connection, in use or not. */
    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            LifeCycle.stop(client);
        }
    }
}
