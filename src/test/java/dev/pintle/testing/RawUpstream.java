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
 * An upstream of raw sockets on a loopback port of its own, which does exactly what it is told, also what no decent server
 * would. What it does on each connection is a {@link Conduct}; it may be told another one at any time. Every request that
 * it reads to its end is kept.
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
    /** What the upstream does with one connection; when it returns, the connection is closed. */
    @FunctionalInterface
    public interface Conduct {
        void serve(Connection connection) throws IOException;
    }

    /**
     * A request as it came over the wire.
     *
     * @param fields by their names in lower case
     * @param body one character for each octet
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

    /** For a conduct that has something else to do before it notices that its connection was cut. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<Socket, Thread> sockets = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Socket reservation = reserve();
    private final Consumer<Request> witness;
    private volatile Conduct conduct;
    private @Nullable Listener listener;

    private RawUpstream(Conduct conduct, @Nullable Consumer<Request> witness) {
        this.conduct = conduct;
        this.witness = witness == null ? requests::add : witness;
        this.listener = new Listener();
    }

    /** An upstream that listens. */
    public static RawUpstream that(Conduct conduct) {
        return new RawUpstream(conduct, null);
    }

    /** One for many requests: it shows them to a witness instead of keeping them. */
    public static RawUpstream seenBy(Consumer<Request> witness, Conduct conduct) {
        return new RawUpstream(conduct, witness);
    }

    /** Answers every request, on as many connections as are opened, and keeps these alive. */
    public static Conduct answers(int status, String body) {
        return connection -> {
            while (connection.request() != null) {
                connection.answer(status, body);
            }
        };
    }

    /** The same with one more field in each answer. */
    public static Conduct answers(int status, String field, String body) {
        return connection -> {
            while (connection.request() != null) {
                connection.answer(status, field, body);
            }
        };
    }

    /** Accepts, reads, and never says a word. */
    public static Conduct neverAnswers() {
        return connection -> {
            connection.request();
            connection.linger();
        };
    }

    /** Announces a body, and stalls after the head. */
    public static Conduct stallsAfterHead() {
        return connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
            connection.linger();
        };
    }

    /** Answers octet by octet, head and body, with a gap after each. */
    public static Conduct drips(Duration gap) {
        return connection -> {
            connection.request();
            connection.drip("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789", gap);
        };
    }

    /** Reads the request and resets the connection instead of answering. */
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

    /** Answers what is not HTTP. */
    public static Conduct answersGarbage() {
        return connection -> {
            connection.request();
            connection.write("\0\1\2 hello, I am no HTTP server\r\n\r\n");
        };
    }

    /** Does something else with each new connection; those that are open stay with what they do until they are cut. */
    public void now(Conduct other) {
        conduct = other;
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return reservation.getLocalPort();
    }

    /** The requests that were read to their end, in their order. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** How many connections were accepted until now. */
    public int connections() {
        return connections.get();
    }

    /** How many connections are open now. */
    public int open() {
        return sockets.size();
    }

    /** Goes away: refuses new connections, and cuts the open ones. The port stays its own. */
    public void goAway() {
        stopListening();
        cutConnections();
    }

    /** Refuses new connections; those that are open stay. */
    public synchronized void stopListening() {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    /** Cuts the open connections, idle ones too; what is sent on them from now on is not read. */
    public void cutConnections() {
        Map<Socket, Thread> cut = Map.copyOf(sockets);
        cut.keySet().forEach(RawUpstream::quietly);
        cut.values().forEach(RawUpstream::join);
    }

    /** A socket is closed for good when nobody waits on it any more. */
    private static void join(Thread thread) {
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Listens again, on the same port. */
    public synchronized void comeBack() {
        if (listener == null) {
            listener = new Listener();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        goAway();
        quietly(reservation);
    }

    /** A socket that never listens keeps the port from being given to others. */
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
            // The other side left, or the test cut the connection.
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
            throw new IllegalStateException("a socket cannot be closed", e);
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
                // Closed: it goes away.
            }
        }

        @Override
        public void close() {
            quietly(server);
            join(thread);
        }
    }

    /** A connection in the hands of a conduct. */
    public final class Connection {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        /** The next request with its whole body; null when the other side sends no more. */
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
            witness.accept(request);
            return request;
        }

        /** The head of the next request; its body stays on the wire, and nothing is kept. Null when no more is sent. */
        public @Nullable Request head() throws IOException {
            String line = line();
            return line == null ? null : new Request(line, fields(), "");
        }

        /** So many octets of what the other side sends. */
        public String octets(int count) throws IOException {
            return new String(exactly(count), StandardCharsets.ISO_8859_1);
        }

        /** What the other side sends until, and with, that text. */
        public String until(String end) throws IOException {
            StringBuilder read = new StringBuilder();
            while (read.indexOf(end) < 0) {
                read.append(octets(1));
            }
            return read.toString();
        }

        /** All that the other side sends until it leaves, in peace or with a reset. */
        public String rest() {
            StringBuilder rest = new StringBuilder();
            try {
                for (int octet = in.read(); octet >= 0; octet = in.read()) {
                    rest.append((char) octet);
                }
            } catch (IOException e) {
                // A reset ends the connection, too.
            }
            return rest.toString();
        }

        /** What comes, for bodies that are too big to be kept. */
        public InputStream in() {
            return in;
        }

        /** Where answers go, for bodies that are too big to be kept. */
        public OutputStream out() {
            return out;
        }

        /** Sends octets, one for each character. */
        public void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        public void answer(int status, String body) throws IOException {
            write("HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }

        /**
         * Answers with one more field.
         *
         * @param field such as {@code Retry-After: 1}
         */
        public void answer(int status, String field, String body) throws IOException {
            write("HTTP/1.1 " + status + " X\r\n" + field + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }

        /** Sends octet by octet, with a gap after each, until the upstream is closed. */
        public void drip(String text, Duration gap) throws IOException {
            for (int i = 0; i < text.length() && !waitFor(gap); i++) {
                write(text.substring(i, i + 1));
            }
        }

        /** Says that no more will be sent. */
        public void finish() throws IOException {
            socket.shutdownOutput();
        }

        /** Ends the connection with a reset (RST) instead of a farewell (FIN). */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Stays and does nothing until the other side leaves or the upstream is closed. */
        public void linger() throws IOException {
            while (in.read() >= 0) {
                // What is sent meanwhile is swallowed.
            }
        }

        /** Stays and reads nothing until the test says so. */
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
                throw new EOFException("cut between chunks");
            }
            return Integer.parseInt(line, 16);
        }

        private byte[] exactly(int length) throws IOException {
            byte[] octets = in.readNBytes(length);
            if (octets.length < length) {
                throw new EOFException("cut after " + octets.length + " of " + length + " octets");
            }
            return octets;
        }

        private @Nullable String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                if (octet == '\n') {
                    return line.toString().stripTrailing();
                }
                line.append((char) octet);
            }
            return null;
        }
    }
}
