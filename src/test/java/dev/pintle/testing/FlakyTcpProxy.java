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
 * A TCP line from a client to a server on this machine that fails on demand: it resets, refuses, stalls or is slow. It begins
 * in order; a fault lasts until {@link #heal()}, and the port stays the same throughout. Safe for all threads.
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
     * A line that is in order.
     *
     * @param serverPort where it leads to, on the loopback address
     */
    public FlakyTcpProxy(int serverPort) {
        this.serverPort = serverPort;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
    }

    /** Where clients connect to, on the loopback address. */
    public int port() {
        return port;
    }

    /** How many connections clients have opened so far. */
    public int accepted() {
        return accepted.get();
    }

    /** How many connections of clients are open. */
    public int connections() {
        return clients.size();
    }

    /** Resets every connection. New ones are served. */
    public void cut() {
        clients.forEach(FlakyTcpProxy::reset);
    }

    /** As when the server's process ended: resets every connection and refuses new ones. */
    public void refuse() {
        close(listener);
        // Only when nobody accepts any more does the port refuse; until then it lets clients in and cuts them.
        join(acceptor);
        cut();
    }

    /** As when the server's process ends right after it answered the COMMIT of a transaction that sent this text. */
    public void refuseAfterCommitOf(String statement) {
        fatalStatement = statement;
    }

    /** Acts as {@link #refuse()}, but for one connection that has an answer to carry. */
    private void refuseAllBut(Socket answered) {
        fatalStatement = "";
        close(listener);
        join(acceptor);
        clients.remove(answered);
        cut();
    }

    /** As when packets get lost: connections stay open, new ones open too, and no byte arrives at either end. */
    public void stall() {
        set(true, Duration.ZERO);
    }

    /** Makes every piece of what either end sends arrive so much later. */
    public void slow(Duration by) {
        set(false, by);
    }

    /** In order again. What was held up by a stall arrives. */
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
            // Closed: that is how refusing begins.
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

    /** Carries what one end sends until it has said all; when either end breaks off, so does the other. */
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
            // Closed already.
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
