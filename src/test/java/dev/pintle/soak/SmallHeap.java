package dev.pintle.soak;

import dev.pintle.testing.BlockedConsoleGateway;
import dev.pintle.testing.RawUpstream;
import java.time.Duration;
import java.util.stream.IntStream;

/** Attacks on the memory of a node with a small heap and a console that takes no output. */
final class SmallHeap implements Drill {
    private static final int HEADS = 2_000;
    private static final int SLOW = 8_000;
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final String LARGEST_HEAD = largestHead();

    @Override
    public Figure run() {
        try (RawUpstream silent = RawUpstream.that(RawUpstream.neverResponds());
                RawUpstream well = RawUpstream.that(RawUpstream.answers(200, "well"));
                BlockedConsoleGateway gateway = BlockedConsoleGateway.start("256m")) {
            gateway.route("silent", "/silent", silent);
            gateway.route("well", "/well", well);
            String refused = refusedPaths(gateway);
            String heads = attack(gateway, HEADS, LARGEST_HEAD);
            String bodies = attack(gateway, SLOW, "POST /silent HTTP/1.1\r\nHost: h\r\nContent-Length: 99999\r\n\r\nx");
            return new Figure(
                    "heap 256 MiB, console not read: 6,000 refused paths of 7 KB, %,d of the largest heads, %,d slow bodies"
                            .formatted(HEADS, SLOW),
                    "alive, other routes answer",
                    "%s; after the paths: %s; heads: %s; slow bodies: %s"
                            .formatted(gateway.isAlive() ? "alive" : "dead", refused, heads, bodies));
        }
    }

    private static String refusedPaths(BlockedConsoleGateway gateway) {
        ClientResults results = new ClientResults();
        try (LoadClient client = new LoadClient()) {
            String path = "/none/" + "x".repeat(7_000);
            IntStream.range(0, 6_000).forEach(i -> client.send(ClientRequest.get(gateway.port(), path, null)));
            results.add(client.send(ClientRequest.get(gateway.port(), "/well", "well")), 0);
        }
        return results.failures();
    }

    /** Connects clients beside good requests of another route. */
    private static String attack(BlockedConsoleGateway gateway, int clients, String beginning) {
        try (Load load = Load.of(50, 4, () -> ClientRequest.get(gateway.port(), "/well", "well"));
                SlowClientCrowd crowd = new SlowClientCrowd(gateway.port(), "")) {
            ClientResults during = load.resetCounts();
            crowd.connect(clients, beginning);
            Waiting.pause(TIME);
            return during.failures() + ", " + crowd.connected() + " still connected";
        }
    }

    /** Two hundred headers of 32 KB in total. */
    private static String largestHead() {
        StringBuilder head = new StringBuilder("GET /silent HTTP/1.1\r\nHost: h\r\n");
        IntStream.range(0, 199)
                .forEach(i -> head.append("X-")
                        .append(i)
                        .append(": ")
                        .append("v".repeat(152))
                        .append("\r\n"));
        return head.append("\r\n").toString();
    }
}
