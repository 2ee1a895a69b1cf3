package dev.pintle.soak;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Sends requests at a fixed rate. Durations count from the scheduled start of a request, so that delays of the client
 * count too.
 */
final class Load implements AutoCloseable {
    private final Supplier<ClientRequest> requests;
    private final long interval;
    private final List<Thread> clients;
    private volatile ClientResults received = new ClientResults();
    private volatile boolean measure;

    private Load(long interval, int clients, Supplier<ClientRequest> requests) {
        this.requests = requests;
        this.interval = interval;
        long start = System.nanoTime();
        this.clients = IntStream.range(0, clients)
                .mapToObj(i -> Thread.ofVirtual().start(() -> send(start + i * interval / clients)))
                .toList();
    }

    static Load of(double perSecond, int clients, Supplier<ClientRequest> requests) {
        return new Load((long) (clients * 1e9 / perSecond), clients, requests);
    }

    /** Sends as many requests as these clients can in sequence. Durations count from the actual start. */
    static Load asMuchAs(int clients, Supplier<ClientRequest> requests) {
        return new Load(0, clients, requests);
    }

    /** Returns the results of a period. */
    ClientResults measure(Duration time) {
        ClientResults during = new ClientResults();
        received = during;
        Waiting.pause(time);
        return during;
    }

    /** Restarts counting. */
    ClientResults resetCounts() {
        ClientResults next = new ClientResults();
        received = next;
        return next;
    }

    private void send(long first) {
        try (LoadClient caller = new LoadClient()) {
            for (long due = first; Waiting.until(due, () -> measure); due = next(due)) {
                String outcome = caller.send(requests.get());
                received.add(outcome, System.nanoTime() - due);
            }
        }
    }

    private long next(long due) {
        return interval == 0 ? System.nanoTime() : due + interval;
    }

    /** Waits for the last responses. */
    @Override
    public void close() {
        measure = true;
        clients.forEach(LockSupport::unpark);
        for (Thread client : clients) {
            Waiting.join(client);
        }
    }
}
