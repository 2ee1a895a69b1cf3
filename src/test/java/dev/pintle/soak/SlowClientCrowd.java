package dev.pintle.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that connect one after the other, start a request, and continue it every few seconds until their connection
 * ends.
 */
final class SlowClientCrowd implements AutoCloseable {
    private static final long BETWEEN_TWO = Duration.ofSeconds(1).toNanos() / 900;
    private static final long BETWEEN_WORDS = Duration.ofSeconds(5).toNanos();

    /**
     * A client.
     *
     * @param due the time of the next bytes by the system ticker
     */
    private record Client(SocketChannel line, long due) {}

    private final Queue<Client> clients = new ConcurrentLinkedQueue<>();
    private final Thread sendNext = Thread.ofVirtual().unstarted(this::sendNext);
    private final InetSocketAddress gateway;
    private final byte[] bytes;
    private final AtomicInteger connected = new AtomicInteger();
    private volatile boolean over;

    /**
     * Creates the clients.
     *
     * @param bytes the bytes of each client every five seconds; none when empty
     */
    SlowClientCrowd(int port, String bytes) {
        this.gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.bytes = bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Adds clients at a rate of 900 per second. */
    void connect(int many, String beginning) {
        sendNext.start();
        byte[] first = beginning.getBytes(StandardCharsets.ISO_8859_1);
        long start = System.nanoTime();
        for (int i = 0; i < many; i++) {
            Waiting.until(start + i * BETWEEN_TWO, () -> over);
            clients.add(new Client(client(first), System.nanoTime() + BETWEEN_WORDS));
            connected.incrementAndGet();
        }
    }

    private SocketChannel client(byte[] first) {
        try {
            SocketChannel line = SocketChannel.open(gateway);
            line.configureBlocking(false);
            line.write(ByteBuffer.wrap(first));
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the number of connected clients. */
    int connected() {
        return connected.get();
    }

    private void sendNext() {
        while (!over) {
            Client next = clients.peek();
            if (next == null) {
                Waiting.pause(Duration.ofMillis(10));
            } else if (Waiting.until(next.due, () -> over)) {
                clients.remove();
                if (sendUnlessAnswered(next.line)) {
                    clients.add(new Client(next.line, next.due + BETWEEN_WORDS));
                } else {
                    connected.decrementAndGet();
                }
            }
        }
    }

    /** Sends bytes, unless the gateway has responded or closed the connection. */
    private boolean sendUnlessAnswered(SocketChannel line) {
        try {
            if (line.read(ByteBuffer.allocate(1)) == 0) {
                line.write(ByteBuffer.wrap(bytes));
                return true;
            }
            line.close();
        } catch (IOException e) {
            // A reset ends the connection too.
        }
        return false;
    }

    @Override
    public void close() {
        over = true;
        Waiting.join(sendNext);
        try {
            for (Client client : clients) {
                client.line.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
