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

/** Clients that come one after the other, begin something, and go on with it every few seconds until their connection ends. */
final class SlowClientCrowd implements AutoCloseable {
    private static final long BETWEEN_TWO = Duration.ofSeconds(1).toNanos() / 900;
    private static final long BETWEEN_WORDS = Duration.ofSeconds(5).toNanos();

    /** @param due when it says the next word, as the system's ticker counts */
    private record Client(SocketChannel line, long due) {}

    private final Queue<Client> clients = new ConcurrentLinkedQueue<>();
    private final Thread talk = Thread.ofVirtual().unstarted(this::talk);
    private final InetSocketAddress gateway;
    private final byte[] word;
    private final AtomicInteger there = new AtomicInteger();
    private volatile boolean over;

    /** @param word what each says every five seconds; nothing when it is empty */
    SlowClientCrowd(int port, String word) {
        this.gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.word = word.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** So many come, 900 a second, and begin. */
    void comes(int many, String beginning) {
        talk.start();
        byte[] first = beginning.getBytes(StandardCharsets.ISO_8859_1);
        long start = System.nanoTime();
        for (int i = 0; i < many; i++) {
            Waiting.until(start + i * BETWEEN_TWO, () -> over);
            clients.add(new Client(client(first), System.nanoTime() + BETWEEN_WORDS));
            there.incrementAndGet();
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

    /** How many have a connection still. */
    int there() {
        return there.get();
    }

    private void talk() {
        while (!over) {
            Client next = clients.peek();
            if (next == null) {
                Waiting.pause(Duration.ofMillis(10));
            } else if (Waiting.until(next.due, () -> over)) {
                clients.remove();
                if (isLetGoOn(next.line)) {
                    clients.add(new Client(next.line, next.due + BETWEEN_WORDS));
                } else {
                    there.decrementAndGet();
                }
            }
        }
    }

    /** Says a word, unless the gateway has said one, or has left. */
    private boolean isLetGoOn(SocketChannel line) {
        try {
            if (line.read(ByteBuffer.allocate(1)) == 0) {
                line.write(ByteBuffer.wrap(word));
                return true;
            }
            line.close();
        } catch (IOException e) {
            // A reset ends it, too.
        }
        return false;
    }

    @Override
    public void close() {
        over = true;
        Waiting.join(talk);
        try {
            for (Client client : clients) {
                client.line.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
