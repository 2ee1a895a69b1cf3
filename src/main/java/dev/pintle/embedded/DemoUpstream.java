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
 * A small HTTP server to send first requests to. {@code /hello} greets and tells what reached it, with the fields that a
 * gateway adds; everything else is 404. It listens on the loopback interface alone.
 */
public final class DemoUpstream implements AutoCloseable {
    /** What a gateway tells its upstream. */
    private static final List<String> TOLD = List.of("forwarded", "via", "x-trace-id", "traceparent");

    private final HttpServer server;
    private final ExecutorService threads;

    private DemoUpstream(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts one.
     *
     * @param port 0 for any that is free
     * @throws IOException when the port is taken
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

    /** Ends it at once. */
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
                json.put("message", "There is nothing here but /hello.");
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
            if (name.startsWith("x-forwarded-") || TOLD.contains(name)) {
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
