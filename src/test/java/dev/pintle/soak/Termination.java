package dev.pintle.soak;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** SIGTERM during requests. */
final class Termination implements Drill {
    private static final int ON_THEIR_WAY = 50;

    @Override
    public Figure run() {
        AtomicInteger asked = new AtomicInteger();
        try (DrillSite site = DrillSite.with("256m", Map.of("SHUTDOWN_DELAY", "1s"));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = site.upstream(connection -> {
                while (connection.request() != null) {
                    asked.incrementAndGet();
                    Waiting.pause(Duration.ofSeconds(3));
                    connection.answer(200, "finished");
                }
            });
            site.gateway().route("slow", "/slow", "", slow);
            List<Future<String>> answers = IntStream.range(0, ON_THEIR_WAY)
                    .mapToObj(i -> clients.submit(() -> send(site.get("/slow", "finished"))))
                    .toList();
            Waiting.await("all requests in progress", () -> asked.get() == ON_THEIR_WAY);
            long told = System.nanoTime();
            site.gateway().terminate();
            ClientRequest ready = ClientRequest.get(site.gateway().port(), "/__ready", null);
            Waiting.await("/__ready says 503", () -> send(ready).startsWith("503"));
            Waiting.await("the process ends", () -> !site.gateway().isAlive());
            double seconds = (System.nanoTime() - told) / 1e9;
            long finished = answers.stream()
                    .filter(answer -> answer.resultNow().equals(LoadClient.OK))
                    .count();
            return new Figure(
                    "SIGTERM during 50 requests of 3 s, SHUTDOWN_DELAY=1s",
                    "50 complete, /__ready 503 first, bounded",
                    "%d completed; /__ready responded 503 while the port was open; the process ended after %.1f s"
                            .formatted(finished, seconds));
        }
    }

    private static String send(ClientRequest request) {
        try (LoadClient caller = new LoadClient()) {
            return caller.send(request);
        }
    }
}
