package dev.pintle.embedded;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small HTTP server for the first requests to a new gateway. {@code /hello} returns a greeting, the request and the
 * headers that the gateway added; all other paths are 404. It listens on the loopback interface only.
 */
public final class DemoUpstream implements AutoCloseable {
    /** The headers that a gateway adds, in addition to {@code X-Forwarded-*}. */
    private static final List<String> ADDED_HEADERS = List.of("forwarded", "via", "x-trace-id", "traceparent");

    private final HttpServer server;
    private final ExecutorService threads;

    private DemoUpstream(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts a server.
     *
     * @param port 0 for any free port
     * @throws IOException when the port is in use
     */
    public static DemoUpstream start(int port) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", DemoUpstream::answer);
        server.start();
        return new DemoUpstream(server, threads);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops the server immediately. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean known = exchange.getRequestURI().getPath().equals("/hello");
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            if (known) {
                greet(exchange, json);
            } else {
                json.put("message", "This upstream serves only /hello.");
            }
            send(exchange, known ? 200 : 404, json);
        }
    }

    private static void greet(HttpExchange exchange, ObjectNode json) {
        json.put("message", "Hello from the upstream behind the gateway.")
                .put("method", exchange.getRequestMethod())
                .put("path", exchange.getRequestURI().toString());
        ObjectNode fields = json.putObject("fields");
        for (Map.Entry<String, List<String>> field :
                exchange.getRequestHeaders().entrySet()) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-forwarded-") || ADDED_HEADERS.contains(name)) {
                fields.put(name, String.join(", ", field.getValue()));
            }
        }
    }

    private static void send(HttpExchange exchange, int status, ObjectNode json) throws IOException {
        byte[] body = (json.toPrettyString() + '\n').getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
