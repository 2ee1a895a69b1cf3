package dev.pintle.upstream.http1;

import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.ProxyStatusError;
import dev.pintle.time.Watchdog;
import dev.pintle.time.WatchdogTimer;
import dev.pintle.upstream.target.Target;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolEntry;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a target that one request holds from lease to release. A watchdog closes it on timeout. It is
 * released once or abandoned once. Used by one thread, except for {@link #cut()}.
 */
final class LeasedConnection {
    /** A dial that starts late still gets this long. */
    private static final long LEAST_NANOS = 1_000_000;

    private final ConnectionPool pool;
    private final PoolEntry<HttpRoute, ManagedHttpClientConnection> entry;
    private final Watchdog watchdog;
    private final WatchdogTimer watch;
    private boolean released;
    private boolean reused;
    private @Nullable EndpointDetails wire;
    private @Nullable ManagedHttpClientConnection connection;
    private @Nullable Socket socket;
    private long receivedBefore;

    private LeasedConnection(
            ConnectionPool pool, PoolEntry<HttpRoute, ManagedHttpClientConnection> entry, Watchdog watchdog) {
        this.pool = pool;
        this.entry = entry;
        this.watchdog = watchdog;
        this.watch = watchdog.watch(this::cut);
    }

    /**
     * Leases a connection, which may not be open yet.
     *
     * @throws ExchangeException when none is available in time
     */
    static LeasedConnection lease(ConnectionPool pool, Watchdog watchdog, Target target, Duration longest) {
        Timeout timeout = Timeout.ofMilliseconds(Math.max(1, longest.toMillis()));
        try {
            return new LeasedConnection(pool, pool.lease(target, timeout), watchdog);
        } catch (TimeoutException | ExecutionException e) {
            throw new ExchangeException(
                    FailureKind.CONNECT,
                    ProxyStatusError.CONNECTION_LIMIT_REACHED,
                    "no connection to " + target + " could be leased: " + e.getMessage());
        } catch (IllegalStateException e) {
            // The pool closes last, so only an exchange that outlived the grace period gets here.
            throw new ExchangeException(
                    FailureKind.SHUTDOWN, "the gateway shuts down, and opens no connection to " + target);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExchangeException(FailureKind.CONNECT, "interrupted while waiting for a connection to " + target);
        }
    }

    /** The watch that closes the connection on timeout. */
    WatchdogTimer watch() {
        return watch;
    }

    /** Returns a further watch of this exchange. The caller closes it. */
    WatchdogTimer watch(Runnable onExpiry) {
        return watchdog.watch(onExpiry);
    }

    /** Opens the connection if it is not open yet. */
    void connect(long nanos) throws IOException {
        ManagedHttpClientConnection idle = entry.getConnection();
        reused = idle != null && idle.isOpen();
        watch.expireIn(nanos);
        if (!reused) {
            pool.open(entry, Math.max(nanos, LEAST_NANOS));
        }
    }

    /**
     * Starts reading. Returns the open connection.
     *
     * @throws ConnectionClosedException when the upstream has closed a reused connection, or when unsolicited bytes are
     * present, which would be mistaken for a response
     */
    HttpClientConnection listen() throws IOException {
        ManagedHttpClientConnection open = entry.getConnection();
        if (open == null) {
            throw closed();
        }
        Socket listening = socket(open);
        if (!isSilent(listening)) {
            throw new ConnectionClosedException("it sent data before a request, or closed the connection");
        }
        EndpointDetails details = open.getEndpointDetails();
        if (details == null) {
            throw closed();
        }
        connection = open;
        socket = listening;
        wire = details;
        receivedBefore = details.getReceivedBytesCount();
        return open;
    }

    private static ConnectionClosedException closed() {
        return new ConnectionClosedException("it is closed");
    }

    /**
     * Whether nothing has arrived, without waiting. On a reused connection, the end of the stream has not arrived, either.
     * Over TLS, a record of any kind ends a reused connection: the tickets of a session arrive before its first response.
     */
    private boolean isSilent(Socket socket) throws IOException {
        if ((!reused || socket instanceof SSLSocket) && socket.getInputStream().available() > 0) {
            return false;
        }
        return !reused || receivesNothing(socket.getChannel());
    }

    private static boolean receivesNothing(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        try {
            return channel.read(ByteBuffer.allocate(1)) == 0;
        } finally {
            channel.configureBlocking(true);
        }
    }

    /** Whether the connection is reused. */
    boolean reused() {
        return reused;
    }

    /** Whether a byte arrived since reading started. */
    boolean receivedAny() {
        return wire != null && wire.getReceivedBytesCount() > receivedBefore;
    }

    /** The socket of the connection after {@link #listen}. */
    Socket socket() {
        return Objects.requireNonNull(socket);
    }

    static Socket socket(HttpClientConnection connection) throws IOException {
        Socket socket = ((ManagedHttpClientConnection) connection).getSocket();
        if (socket == null) {
            throw closed();
        }
        return socket;
    }

    /**
     * Closes the connection immediately, from any thread; a partial request never looks complete. Does nothing after
     * the release, because another request may already use the connection.
     */
    synchronized void cut() {
        if (!released) {
            entry.discardConnection(CloseMode.IMMEDIATE);
        }
    }

    /** Releases the connection, for reuse or an orderly close. Does nothing after the release. */
    void returnToPool(boolean reusable) {
        watch.close();
        synchronized (this) {
            if (released) {
                return;
            }
            released = true;
        }
        pool.release(entry, reusable);
    }

    /**
     * Takes the socket out of the pool, so that a WebSocket of hours does not hold the buffers of HttpClient. The caller closes
     * the socket.
     */
    Socket detach() throws IOException {
        Socket detached = socket();
        // The pool closes the connection that it gets back. That must not be this socket.
        try (Socket none = new Socket()) {
            Objects.requireNonNull(connection).bind(none);
            returnToPool(false);
        }
        return detached;
    }

    /** Closes the connection, and releases its slot in the pool. */
    void abandon() {
        cut();
        returnToPool(false);
    }
}
