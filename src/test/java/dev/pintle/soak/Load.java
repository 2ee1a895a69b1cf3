package dev.pintle.soak;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * So many requests a second, evenly, whatever comes of them. How long one took is counted from when it was due, so that a
 * client that had to wait for its turn shows.
 */
final class Load implements AutoCloseable {
    private final Supplier<ClientRequest> questions;
    private final long interval;
    private final List<Thread> clients;
    private volatile ClientResults heard = new ClientResults();
    private volatile boolean over;

    private Load(long interval, int clients, Supplier<ClientRequest> questions) {
        this.questions = questions;
        this.interval = interval;
        long start = System.nanoTime();
        this.clients = IntStream.range(0, clients)
                .mapToObj(i -> Thread.ofVirtual().start(() -> ask(start + i * interval / clients)))
                .toList();
    }

    static Load of(double perSecond, int clients, Supplier<ClientRequest> questions) {
        return new Load((long) (clients * 1e9 / perSecond), clients, questions);
    }

    /** As many as these clients can ask one after the other; how long one took is counted from when it was asked. */
    static Load asMuchAs(int clients, Supplier<ClientRequest> questions) {
        return new Load(0, clients, questions);
    }

    /** What is heard from now on, for that long. */
    ClientResults over(Duration time) {
        ClientResults during = new ClientResults();
        heard = during;
        Waiting.pause(time);
        return during;
    }

    /** Begins to count anew. */
    ClientResults fromNow() {
        ClientResults next = new ClientResults();
        heard = next;
        return next;
    }

    private void ask(long first) {
        try (LoadClient caller = new LoadClient()) {
            for (long due = first; Waiting.until(due, () -> over); due = next(due)) {
                String outcome = caller.ask(questions.get());
                heard.add(outcome, System.nanoTime() - due);
            }
        }
    }

    private long next(long due) {
        return interval == 0 ? System.nanoTime() : due + interval;
    }

    /** Waits for the last answers. */
    @Override
    public void close() {
        over = true;
        clients.forEach(LockSupport::unpark);
        for (Thread client : clients) {
            Waiting.join(client);
        }
    }
}
