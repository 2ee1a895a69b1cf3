package dev.pintle.soak;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Event streams that last as long as the soak. */
final class Streams implements AutoCloseable {
    private static final int ALL = 4;

    private final AtomicInteger cut = new AtomicInteger();
    private final List<RawClient> clients;
    private final List<Thread> threads;
    private volatile boolean over;

    Streams(DrillSite site) {
        site.route("events", "/events", ", \"timeout\": {\"idle\": \"5s\"}", site.upstream(this::sendEvents));
        clients = Stream.generate(() -> site.next().connect().send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n"))
                .limit(ALL)
                .toList();
        threads = clients.stream()
                .map(client -> Thread.ofVirtual().start(() -> readEvents(client)))
                .toList();
    }

    private void sendEvents(RawUpstream.Connection connection) throws IOException {
        connection.request();
        connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
        while (Waiting.until(System.nanoTime() + Duration.ofMillis(500).toNanos(), () -> over)) {
            connection.write("data: news\n\n");
        }
    }

    private void readEvents(RawClient client) {
        try {
            while (!over) {
                if (!client.until("data: news\n\n").endsWith("news\n\n") && !over) {
                    cut.incrementAndGet();
                    return;
                }
            }
        } catch (UncheckedIOException e) {
            cut.incrementAndGet();
        }
    }

    long all() {
        return ALL;
    }

    long cut() {
        return cut.get();
    }

    @Override
    public void close() {
        over = true;
        threads.forEach(Waiting::join);
        clients.forEach(RawClient::close);
    }
}
