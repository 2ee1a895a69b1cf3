package dev.pintle.upstream.http1;

import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.time.Watchdog;
import dev.pintle.time.WatchdogTimer;
import dev.pintle.upstream.target.Target;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a target in the hands of one request, from lease to release, under a watch that cuts it. It is given back
 * once, or given up once. Used by one thread, but for {@link #cut()}.
 */
final class LeasedConnection {
    private static final TimeValue KEPT_FOR = TimeValue.ofSeconds(30);

    private final PoolingHttpClientConnectionManager manager;
    private final ConnectionEndpoint endpoint;
    private final WatchdogTimer watch;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean released;
    private boolean reused;
    private @Nullable EndpointDetails wire;
    private long heardBefore;

    private LeasedConnection(
            PoolingHttpClientConnectionManager manager, ConnectionEndpoint endpoint, Watchdog watchdog) {
        this.manager = manager;
        this.endpoint = endpoint;
        this.watch = watchdog.watch(this::cut);
    }

    /**
     * Leases a connection, which may still have to be opened.
     *
     * @throws ExchangeException when none can be had in that time
     */
    static LeasedConnection lease(
            PoolingHttpClientConnectionManager manager, Watchdog watchdog, Target target, Duration longest) {
        Timeout patience = Timeout.ofMilliseconds(Math.max(1, longest.toMillis()));
        try {
            return new LeasedConnection(
                    manager, manager.lease("", target.route(), patience, null).get(patience), watchdog);
        } catch (TimeoutException | ExecutionException e) {
            throw new ExchangeException(
                    FailureKind.CONNECT, "no connection to " + target + " could be leased: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExchangeException(FailureKind.CONNECT, "interrupted while waiting for a connection to " + target);
        }
    }

    /** What cuts it, when its time is over. */
    WatchdogTimer watch() {
        return watch;
    }

    /** Opens the connection, if it is not open already. */
    void connect(long nanos, HttpCoreContext context) throws IOException {
        reused = endpoint.isConnected();
        watch.expireIn(nanos);
        manager.connect(endpoint, TimeValue.ofNanoseconds(Math.max(nanos, 1_000_000)), context);
    }

    /** Puts the open connection into the hands of {@code talk}. */
    ClassicHttpResponse talk(
            ClassicHttpRequest request, ConnectionEndpoint.RequestExecutor talk, HttpCoreContext context)
            throws IOException, HttpException {
        return endpoint.execute("", request, talk, context);
    }

    /**
     * Begins to listen.
     *
     * @throws ConnectionClosedException when octets are there that nobody asked for: they would be taken for an answer
     */
    void listen(HttpClientConnection connection) throws IOException {
        if (socket(connection).getInputStream().available() > 0) {
            throw new ConnectionClosedException("it spoke without being asked");
        }
        wire = connection.getEndpointDetails();
        heardBefore = wire.getReceivedBytesCount();
    }

    /**
     * Makes sure of a connection that has served before, as far as that can be done without sending anything.
     *
     * @throws ConnectionClosedException when the upstream has closed it, or has said why it will
     */
    void refuseStale(HttpClientConnection connection) throws IOException {
        if (reused && (isStale(connection) || heard())) {
            throw new ConnectionClosedException("it closed the connection while that was idle");
        }
    }

    /** Asks the socket, without waiting; through TLS, where octets need not be the upstream's, HttpClient waits a millisecond. */
    private static boolean isStale(HttpClientConnection connection) throws IOException {
        if (connection.getSSLSession() != null) {
            return connection.isStale();
        }
        SocketChannel channel = socket(connection).getChannel();
        channel.configureBlocking(false);
        try {
            return channel.read(ByteBuffer.allocate(1)) != 0;
        } finally {
            channel.configureBlocking(true);
        }
    }

    /** Whether the connection had served before. */
    boolean reused() {
        return reused;
    }

    /** Whether an octet came since it began to listen. */
    boolean heard() {
        return wire != null && wire.getReceivedBytesCount() > heardBefore;
    }

    static Socket socket(HttpClientConnection connection) throws IOException {
        Socket socket = ((ManagedHttpClientConnection) connection).getSocket();
        if (socket == null) {
            throw new ConnectionClosedException("it is closed");
        }
        return socket;
    }

    /**
     * Closes the connection at once, from any thread; what was sent never looks whole. Does nothing once the connection is given
     * back: it may serve another request by then.
     */
    void cut() {
        lock.lock();
        try {
            if (!released) {
                endpoint.close(CloseMode.IMMEDIATE);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives the connection back, to serve again or to be closed in peace. */
    void giveBack(boolean reusable) {
        watch.close();
        lock.lock();
        try {
            released = true;
        } finally {
            lock.unlock();
        }
        manager.release(endpoint, null, reusable ? KEPT_FOR : null);
    }

    /** Cuts the connection, and gives its place back. */
    void giveUp() {
        cut();
        giveBack(false);
    }
}
