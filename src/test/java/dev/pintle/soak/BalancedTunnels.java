package dev.pintle.soak;

import static dev.pintle.testing.WebSockets.GOING_AWAY;
import static dev.pintle.testing.WebSockets.handshake;
import static dev.pintle.testing.WebSockets.maskedFrame;

import dev.pintle.testing.RawClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** WebSockets behind a load balancer. Each opens another one when it ends, as a browser does. */
final class BalancedTunnels implements AutoCloseable {
    private static final Duration BETWEEN_FRAMES = Duration.ofSeconds(5);

    private final NodeBalancer balancer;
    private final String path;
    private final EventCounter ends = new EventCounter();
    private final List<RawClient> open = new CopyOnWriteArrayList<>();
    private final List<Thread> threads;
    private final Thread talker;
    private volatile boolean over;

    BalancedTunnels(NodeBalancer balancer, String path, int count) {
        this.balancer = balancer;
        this.path = path;
        this.threads = IntStream.range(0, count)
                .mapToObj(i -> Thread.ofVirtual().start(this::keepOpen))
                .toList();
        this.talker = Thread.ofVirtual().start(this::talk);
    }

    /** Sends a frame through each tunnel now and then, which comes back, so that no client waits longer than it can. */
    private void talk() {
        while (Waiting.until(System.nanoTime() + BETWEEN_FRAMES.toNanos(), () -> over)) {
            open.forEach(client -> client.sendIfOpen(maskedFrame("still here")));
        }
    }

    private void keepOpen() {
        while (!over) {
            try (RawClient client = RawClient.to(balancer.port())) {
                client.send(handshake(path));
                String head = client.head();
                if (!head.startsWith("HTTP/1.1 101")) {
                    ends.add("handshake refused: " + head.lines().findFirst().orElse("no answer"));
                    continue;
                }
                open.add(client);
                client.send(maskedFrame("hello"));
                String received = client.rest();
                open.remove(client);
                if (!over) {
                    ends.add(received.endsWith(GOING_AWAY) ? "1001" : "cut without a Close frame");
                }
            } catch (UncheckedIOException e) {
                if (!over) {
                    ends.add(String.valueOf(e.getCause()));
                }
            }
        }
    }

    int open() {
        return open.size();
    }

    /** How tunnels ended. */
    EventCounter ends() {
        return ends;
    }

    @Override
    public void close() {
        over = true;
        open.forEach(RawClient::close);
        LockSupport.unpark(talker);
        Waiting.join(talker);
        threads.forEach(Waiting::join);
    }
}
