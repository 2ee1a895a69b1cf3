package dev.pintle.soak;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ten thousand open event streams with a small heap, and clients that leave while their upstream is silent. */
final class ManyEventStreams implements Drill {
    private static final int EVENTS = 10;
    private static final int LEAVING = 100;
    private static final int OPENING_AT_ONCE = 50;
    /** Files of a process beside the two sockets of each stream. */
    private static final int OTHER_FILES = 500;

    private final int streams = (int) Math.min(10_000, (fileLimit() - OTHER_FILES) / 2);
    private final Phaser rounds = new Phaser(1);
    private final AtomicInteger left = new AtomicInteger();

    @Override
    public Figure run() throws Exception {
        try (DrillSite site = DrillSite.with(
                        "512m",
                        Map.of("MAX_REQUESTS", Integer.toString(streams + 100)),
                        "-Ddw.server.maxConnections=" + (streams + 100));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            site.gateway().route("events", "/events", "", site.upstream(this::sendEvents));
            long pid = site.gateway().pid();
            double heapBefore = Heap.afterCollection(pid);
            long rssBefore = ProcessStats.of(pid).rss();
            List<RawClient> clients = open(site, threads);
            double heapAfter = Heap.afterCollection(pid);
            long began = System.nanoTime();
            List<Future<Integer>> received = clients.stream()
                    .map(client -> threads.submit(() -> readEvents(client)))
                    .toList();
            for (int i = 0; i < EVENTS; i++) {
                rounds.arrive();
                Waiting.pause(Duration.ofSeconds(2));
            }
            long events = 0;
            for (Future<Integer> each : received) {
                events += each.get();
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            long rssAfter = ProcessStats.of(pid).rss();
            double noticed = leave(clients);
            int noticedClients = left.get();
            clients.forEach(RawClient::close);
            return new Figure(
                    "%,d open event streams with a heap of 512 MiB".formatted(streams),
                    "every event delivered; a client that leaves is noticed within 1 s",
                    "%,d of %,d events in %.1f s; RSS %d → %d MiB, heap after GC %.1f → %.1f MiB: %.1f KiB a stream; %d of %d clients that left were noticed after %.2f s"
                            .formatted(
                                    events,
                                    (long) streams * EVENTS,
                                    seconds,
                                    rssBefore,
                                    rssAfter,
                                    heapBefore,
                                    heapAfter,
                                    (heapAfter - heapBefore) * 1_024 / streams,
                                    noticedClients,
                                    LEAVING,
                                    noticed));
        }
    }

    private void sendEvents(RawUpstream.Connection connection) throws IOException {
        if (connection.request() == null) {
            return;
        }
        connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
        for (int i = 0; i < EVENTS; i++) {
            rounds.awaitAdvance(i);
            connection.write("data: " + i + "\n\n");
        }
        try {
            connection.linger();
        } finally {
            left.incrementAndGet();
        }
    }

    private List<RawClient> open(DrillSite site, ExecutorService threads) throws Exception {
        List<RawClient> clients = IntStream.range(0, streams)
                .mapToObj(i -> (RawClient) null)
                .collect(Collectors.toCollection(ArrayList::new));
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> openers = IntStream.range(0, OPENING_AT_ONCE)
                .<Future<?>>mapToObj(i -> threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < streams; n = next.getAndIncrement()) {
                        RawClient client = site.gateway().connect();
                        client.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
                        if (!client.head().startsWith("HTTP/1.1 200 ")) {
                            throw new IllegalStateException("stream " + n + " was refused");
                        }
                        clients.set(n, client);
                    }
                    return null;
                }))
                .toList();
        for (Future<?> opener : openers) {
            opener.get();
        }
        return clients;
    }

    private static int readEvents(RawClient client) {
        int events = 0;
        try {
            while (events < EVENTS && client.until("\n\n").endsWith("\n\n")) {
                events++;
            }
        } catch (UncheckedIOException e) {
            // No further event arrived in time.
        }
        return events;
    }

    /** Closes some clients, and returns the time until their upstream connections are closed. */
    private double leave(List<RawClient> clients) {
        left.set(0);
        long began = System.nanoTime();
        clients.subList(0, LEAVING).forEach(RawClient::close);
        long end = began + Duration.ofSeconds(30).toNanos();
        while (left.get() < LEAVING && System.nanoTime() < end) {
            Waiting.pause(Duration.ofMillis(5));
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static long fileLimit() {
        try {
            return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split(" {2,}", -1)[2])
                    .mapToLong(limit -> limit.equals("unlimited") ? Integer.MAX_VALUE : Long.parseLong(limit))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
