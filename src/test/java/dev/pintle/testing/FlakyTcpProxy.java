package dev.pintle.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * A TCP proxy between a client and a local server, which fails on demand: it resets, refuses, stalls or slows down. It
 * works until the first fault. A fault lasts until {@link #heal()}, and the port stays the same. Safe for all threads.
 */
public final class FlakyTcpProxy implements AutoCloseable {
    private final int serverPort;
    private final int port;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Duration delay = Duration.ZERO;
    private boolean stalled;
    private volatile String fatalStatement = "";
    private volatile ServerSocket listener;
    private volatile Thread acceptor;

    /**
     * Creates a proxy without faults.
     *
     * @param serverPort the port of the server on the loopback address
     */
    public FlakyTcpProxy(int serverPort) {
        this.serverPort = serverPort;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
    }

    /** Returns the port for clients on the loopback address. */
    public int port() {
        return port;
    }

    /** Returns the number of connections that clients have opened so far. */
    public int accepted() {
        return accepted.get();
    }

    /** Returns the number of open client connections. */
    public int connections() {
        return clients.size();
    }

    /** Resets all connections. New ones work. */
    public void cut() {
        clients.forEach(FlakyTcpProxy::reset);
    }

    /** Resets all connections and refuses new ones, as after the end of the server process. */
    public void refuse() {
        close(listener);
        // The port refuses connections only when no thread accepts any more; until then the proxy accepts and resets
        // them.
        join(acceptor);
        cut();
    }

    /**
     * Fails as when the server process ends right after it confirmed the COMMIT of a transaction that sent this text.
     */
    public void refuseAfterCommitOf(String statement) {
        fatalStatement = statement;
    }

    /** Acts like {@link #refuse()}, except for one connection with a pending response. */
    private void refuseAllBut(Socket answered) {
        fatalStatement = "";
        close(listener);
        join(acceptor);
        clients.remove(answered);
        cut();
    }

    /**
     * Drops all bytes, as on packet loss: connections stay open, new ones open too, and no byte arrives at either end.
     */
    public void stall() {
        set(true, Duration.ZERO);
    }

    /** Delays all bytes in both directions. */
    public void slow(Duration by) {
        set(false, by);
    }

    /** Ends the fault. Bytes that a stall delayed arrive. */
    public void heal() {
        set(false, Duration.ZERO);
        if (listener.isClosed()) {
            listener = listen(port);
        }
    }

    @Override
    public void close() {
        refuse();
        set(false, Duration.ZERO);
    }

    private ServerSocket listen(int at) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 256);
            acceptor = Thread.ofVirtual().name("faulty-line").start(() -> accept(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("port " + at, e);
        }
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket client = from.accept();
                accepted.incrementAndGet();
                clients.add(client);
                if (from.isClosed()) {
                    reset(client);
                }
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException e) {
            // Closed, because the proxy refuses connections.
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket server = new Socket()) {
            hold();
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
            AtomicBoolean fatal = new AtomicBoolean();
            Thread back = Thread.ofVirtual()
                    .start(() -> carry(server, client, answer -> {
                        boolean last = fatal.get() && answer.contains("COMMIT\0");
                        if (last) {
                            refuseAllBut(client);
                        }
                        return last;
                    }));
            carry(client, server, question -> {
                if (!fatalStatement.isEmpty() && question.contains(fatalStatement)) {
                    fatal.set(true);
                }
                return false;
            });
            back.join();
        } catch (IOException | InterruptedException e) {
            reset(client);
        } finally {
            clients.remove(client);
        }
    }

    /**
     * Forwards the bytes of one end until it closes its side. When one end breaks the connection, the proxy resets the
     * other.
     */
    private void carry(Socket from, Socket to, Predicate<String> isLast) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] piece = new byte[16 * 1024];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                hold();
                boolean last = isLast.test(new String(piece, 0, length, StandardCharsets.ISO_8859_1));
                out.write(piece, 0, length);
                if (last) {
                    close(from);
                    break;
                }
            }
            to.shutdownOutput();
        } catch (IOException | InterruptedException e) {
            reset(from);
            reset(to);
        }
    }

    private void hold() throws InterruptedException {
        lock.lock();
        try {
            for (long left = delay.toNanos(); stalled || left > 0; ) {
                if (stalled) {
                    changed.await();
                } else {
                    left = changed.awaitNanos(left);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void set(boolean nextStalled, Duration nextDelay) {
        lock.lock();
        try {
            stalled = nextStalled;
            delay = nextDelay;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Already closed.
        }
        close(socket);
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
