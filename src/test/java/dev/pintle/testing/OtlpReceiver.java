package dev.pintle.testing;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A collector of spans on a free loopback port: OTLP over HTTP, in protocol buffers. */
public final class OtlpReceiver implements AutoCloseable {
    /**
     * A received span.
     *
     * @param parent empty without a parent
     * @param kind 2 for a server, 3 for a client
     * @param status 0 unset, 2 error
     * @param attributes numbers as text
     */
    public record Span(
            String traceId,
            String id,
            String parent,
            String name,
            long kind,
            long start,
            long end,
            long status,
            Map<String, String> attributes,
            String service) {
        public String attribute(String name) {
            return attributes.getOrDefault(name, "");
        }
    }

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();

    public OtlpReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void receive(HttpExchange exchange) throws IOException {
        ProtobufReader request = new ProtobufReader(exchange.getRequestBody().readAllBytes());
        for (ProtobufReader resource : request.messages(1)) {
            String service = attributes(resource.messages(1).getFirst(), 1).get("service.name");
            for (ProtobufReader scope : resource.messages(2)) {
                scope.messages(2).forEach(span -> spans.add(span(span, service)));
            }
        }
        tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Token")));
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static Span span(ProtobufReader span, String service) {
        long status = span.messages(15).stream()
                .mapToLong(message -> message.number(3))
                .findFirst()
                .orElse(0);
        return new Span(
                span.hex(1),
                span.hex(2),
                span.hex(4),
                span.text(5),
                span.number(6),
                span.number(7),
                span.number(8),
                status,
                attributes(span, 9),
                service);
    }

    private static Map<String, String> attributes(ProtobufReader owner, int field) {
        return owner.messages(field).stream().collect(Collectors.toMap(attribute -> attribute.text(1), attribute -> {
            ProtobufReader value = attribute.messages(2).getFirst();
            return value.has(1) ? value.text(1) : Long.toString(value.number(3));
        }));
    }

    /** Waits for the spans of a trace, and returns them in the order of their start. */
    public List<Span> trace(String traceId, int count) {
        return await("spans of trace " + traceId).until(() -> of(traceId), found -> found.size() >= count);
    }

    /** Returns the received spans of a trace. */
    public List<Span> of(String traceId) {
        return spans.stream()
                .filter(span -> span.traceId().equals(traceId))
                .sorted(Comparator.comparingLong(Span::start))
                .toList();
    }

    /** Returns the header {@code X-Token} of each export. */
    public List<String> tokens() {
        return List.copyOf(tokens);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
