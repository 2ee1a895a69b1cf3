package dev.pintle.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An upstream of raw sockets on a free loopback port, for correct and incorrect behavior. A {@link Conduct} defines its
 * behavior on each connection and can be replaced at any time. The upstream records every complete request.
 *
 * <pre>{@code
 * try (RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"))) {
 *     … upstream.url() …
 *     upstream.now(RawUpstream.resetsBeforeHead());
 *     …
 *     assertThat(upstream.requests()).hasSize(2);
 * }
 * }</pre>
 */
public final class RawUpstream implements AutoCloseable {
    /** The behavior on one connection. The upstream closes the connection when the method returns. */
    @FunctionalInterface
    public interface Conduct {
        void serve(Connection connection) throws IOException;
    }

    /**
     * A received request.
     *
     * @param fields by their names in lower case
     * @param body one character per byte
     */
    public record Request(String line, Map<String, String> fields, String body) {
        public String method() {
            return line.substring(0, line.indexOf(' '));
        }

        public String target() {
            return line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
        }

        public @Nullable String field(String name) {
            return fields.get(name.toLowerCase(Locale.ROOT));
        }
    }

    /** For a conduct that does other work before it notices that its connection was reset. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<Socket, Thread> sockets = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Socket reservation = reserve();
    private final Consumer<Request> consumer;
    private volatile Conduct conduct;
    private @Nullable Listener listener;

    private RawUpstream(Conduct conduct, @Nullable Consumer<Request> consumer) {
        this.conduct = conduct;
        this.consumer = consumer == null ? requests::add : consumer;
        this.listener = new Listener();
    }

    /** Starts an upstream. */
    public static RawUpstream that(Conduct conduct) {
        return new RawUpstream(conduct, null);
    }

    /** Starts an upstream for many requests, which passes them to a consumer instead of recording them. */
    public static RawUpstream seenBy(Consumer<Request> consumer, Conduct conduct) {
        return new RawUpstream(conduct, consumer);
    }

    /** Responds to every request on any number of connections, and keeps them alive. */
    public static Conduct answers(int status, String body) {
        return connection -> {
            while (connection.request() != null) {
                connection.answer(status, body);
            }
        };
    }

    /** Responds with one more header. */
    public static Conduct answers(int status, String field, String body) {
        return connection -> {
            while (connection.request() != null) {
                connection.answer(status, field, body);
            }
        };
    }

    /** Accepts and reads, and never responds. */
    public static Conduct neverResponds() {
        return connection -> {
            connection.request();
            connection.linger();
        };
    }

    /** Announces a body and stalls after the head. */
    public static Conduct stallsAfterHead() {
        return connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
            connection.linger();
        };
    }

    /** Responds byte by byte, with a gap after each. */
    public static Conduct respondsSlowly(Duration gap) {
        return connection -> {
            connection.request();
            connection.sendSlowly("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789", gap);
        };
    }

    /** Reads the request and resets the connection instead of responding. */
    public static Conduct resetsBeforeHead() {
        return connection -> {
            connection.request();
            connection.reset();
        };
    }

    /** Resets the connection in the middle of the response head. */
    public static Conduct resetsInHead() {
        return connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nContent-Le");
            connection.reset();
        };
    }

    /** Resets the connection in the middle of the response body. */
    public static Conduct resetsAfterHead() {
        return connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123");
            connection.reset();
        };
    }

    /** Responds with bytes that are not HTTP. */
    public static Conduct answersGarbage() {
        return connection -> {
            connection.request();
            connection.write("\0\1\2 hello, I am no HTTP server\r\n\r\n");
        };
    }

    /** Changes the behavior for new connections. Open connections keep theirs until they are reset. */
    public void now(Conduct other) {
        conduct = other;
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return reservation.getLocalPort();
    }

    /** Returns the complete requests in their order. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Returns the number of accepted connections so far. */
    public int connections() {
        return connections.get();
    }

    /** Returns the number of open connections. */
    public int open() {
        return sockets.size();
    }

    /** Stops: refuses new connections, and resets the open ones. The port stays reserved. */
    public void shutDown() {
        stopListening();
        resetConnections();
    }

    /** Refuses new connections. Open ones stay. */
    public synchronized void stopListening() {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    /** Resets the open connections, idle ones included. */
    public void resetConnections() {
        Map<Socket, Thread> cut = Map.copyOf(sockets);
        cut.keySet().forEach(RawUpstream::quietly);
        cut.values().forEach(RawUpstream::join);
    }

    /** Waits for the thread, because a socket is closed completely only when no thread waits on it. */
    private static void join(Thread thread) {
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Listens again on the same port. */
    public synchronized void listenAgain() {
        if (listener == null) {
            listener = new Listener();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        shutDown();
        quietly(reservation);
    }

    /** Reserves the port with a socket that never listens. */
    private static Socket reserve() {
        try {
            Socket reservation = new Socket();
            reservation.setReuseAddress(true);
            reservation.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return reservation;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            conduct.serve(new Connection(socket));
        } catch (IOException e) {
            // The other side closed the connection, or the test reset it.
        } finally {
            sockets.remove(socket);
        }
    }

    private static void quietly(@Nullable AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("cannot close a socket", e);
        }
    }

    /** Accepts connections until it is closed. */
    private final class Listener implements AutoCloseable {
        private final ServerSocket server;
        private final Thread thread;

        Listener() {
            try {
                server = new ServerSocket();
                server.setReuseAddress(true);
                server.bind(reservation.getLocalSocketAddress(), 1_000);
                thread = Thread.ofVirtual().name("raw-upstream").start(this::accept);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void accept() {
            try {
                while (true) {
                    Socket socket = server.accept();
                    connections.incrementAndGet();
                    Thread connection =
                            Thread.ofVirtual().name("raw-upstream-connection").unstarted(() -> serve(socket));
                    sockets.put(socket, connection);
                    connection.start();
                }
            } catch (IOException e) {
                // Closed.
            }
        }

        @Override
        public void close() {
            quietly(server);
            join(thread);
        }
    }

    /** A connection for a conduct. */
    public final class Connection {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        /** Reads the next request with its whole body; null when the other side sends no more. */
        public @Nullable Request request() throws IOException {
            String line = line();
            if (line == null) {
                return null;
            }
            Map<String, String> fields = fields();
            if (fields.containsKey("expect")) {
                write("HTTP/1.1 100 Continue\r\n\r\n");
            }
            Request request = new Request(line, fields, new String(body(fields), StandardCharsets.ISO_8859_1));
            consumer.accept(request);
            return request;
        }

        /**
         * Reads the head of the next request without recording it, and leaves its body unread. Returns null when the
         * other side sends no more.
         */
        public @Nullable Request head() throws IOException {
            String line = line();
            return line == null ? null : new Request(line, fields(), "");
        }

        /** Reads this many bytes. */
        public String bytes(int count) throws IOException {
            return new String(exactly(count), StandardCharsets.ISO_8859_1);
        }

        /** Reads up to and including a text. */
        public String until(String end) throws IOException {
            StringBuilder read = new StringBuilder();
            while (read.indexOf(end) < 0) {
                read.append(bytes(1));
            }
            return read.toString();
        }

        /** Reads all bytes until the other side closes or resets the connection. */
        public String rest() {
            StringBuilder rest = new StringBuilder();
            try {
                for (int b = in.read(); b >= 0; b = in.read()) {
                    rest.append((char) b);
                }
            } catch (IOException e) {
                // A reset ends the connection too.
            }
            return rest.toString();
        }

        /** Returns the input, for bodies that do not fit into memory. */
        public InputStream in() {
            return in;
        }

        /** Returns the output, for bodies that do not fit into memory. */
        public OutputStream out() {
            return out;
        }

        /** Sends bytes, one for each character. */
        public void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        public void answer(int status, String body) throws IOException {
            write("HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }

        /**
         * Responds with one more header.
         *
         * @param field such as {@code Retry-After: 1}
         */
        public void answer(int status, String field, String body) throws IOException {
            write("HTTP/1.1 " + status + " X\r\n" + field + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }

        /** Sends byte by byte, with a gap after each, until the upstream is closed. */
        public void sendSlowly(String text, Duration gap) throws IOException {
            for (int i = 0; i < text.length() && !waitFor(gap); i++) {
                write(text.substring(i, i + 1));
            }
        }

        /** Closes the sending side. */
        public void finish() throws IOException {
            socket.shutdownOutput();
        }

        /** Resets the connection (RST) instead of closing it (FIN). */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Waits until the other side closes the connection or the upstream is closed. */
        public void linger() throws IOException {
            while (in.read() >= 0) {
                // Discards the received bytes.
            }
        }

        /** Waits for the latch without reading. */
        public void await(CountDownLatch word) throws IOException {
            try {
                word.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        private boolean waitFor(Duration time) throws IOException {
            try {
                return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        private Map<String, String> fields() throws IOException {
            Map<String, String> fields = new LinkedHashMap<>();
            for (String line = line(); line != null && !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                fields.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            return fields;
        }

        private byte[] body(Map<String, String> fields) throws IOException {
            if (fields.containsKey("transfer-encoding")) {
                return chunks();
            }
            String length = fields.get("content-length");
            return length == null ? new byte[0] : exactly(Integer.parseInt(length));
        }

        private byte[] chunks() throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                body.write(exactly(size));
                line();
            }
            fields();
            return body.toByteArray();
        }

        private int chunkSize() throws IOException {
            String line = line();
            if (line == null) {
                throw new EOFException("cut off between chunks");
            }
            return Integer.parseInt(line, 16);
        }

        private byte[] exactly(int length) throws IOException {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("cut off after " + bytes.length + " of " + length + " bytes");
            }
            return bytes;
        }

        private @Nullable String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    return line.toString().stripTrailing();
                }
                line.append((char) b);
            }
            return null;
        }
    }
}
