package dev.pintle.soak;

import dev.pintle.testing.RawUpstream;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** A thousand consecutive POSTs to an upstream that closes each connection after 1 to 20 requests. */
final class KeptConnections implements Drill {
    private static final int POSTS = 1_000;

    @Override
    public Figure run() {
        try (DrillSite site = DrillSite.with("256m")) {
            Closing through = new Closing(site);
            Closing direct = new Closing(site);
            site.gateway().route("orders", "/orders", "", through.upstream);
            ClientResults gateway = post(site.gateway().port());
            ClientResults alone = post(direct.upstream.port());
            return new Figure(
                    "1,000 POSTs to an upstream that closes its connections after 1 to 20 requests",
                    "no error, none delivered twice",
                    "%s, %d delivered, %d of them twice; a simple client without the gateway has %d errors"
                            .formatted(
                                    gateway.failures(),
                                    through.times.size(),
                                    through.times.values().stream()
                                            .filter(times -> times > 1)
                                            .count(),
                                    alone.failed()));
        }
    }

    private static ClientResults post(int port) {
        ClientResults received = new ClientResults();
        try (LoadClient caller = new LoadClient()) {
            for (int i = 0; i < POSTS; i++) {
                long began = System.nanoTime();
                received.add(caller.send(ClientRequest.post(port, "/orders", "order " + i)), System.nanoTime() - began);
            }
        }
        return received;
    }

    private static final class Closing {
        private final Map<String, Integer> times = new ConcurrentHashMap<>();
        private final Random random = new Random(7);
        private final RawUpstream upstream;

        Closing(DrillSite site) {
            upstream = site.keep(RawUpstream.seenBy(
                    request -> times.merge(request.body(), 1, Integer::sum), connection -> {
                        for (int left = 1 + random.nextInt(20); left > 0 && connection.request() != null; left--) {
                            connection.answer(200, "taken");
                        }
                    }));
        }
    }
}
