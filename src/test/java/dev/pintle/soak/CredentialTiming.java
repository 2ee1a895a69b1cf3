package dev.pintle.soak;

import dev.pintle.testing.TestIssuer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The time of a refusal for an unknown key id and for a wrong secret: 10,000 samples of each in random order on one
 * connection, compared by the Kolmogorov–Smirnov distance of their distributions. Each sample has another client
 * address, so that the throttle for guesses answers none of them.
 */
final class CredentialTiming implements Drill {
    private static final int SAMPLES = 10_000;
    /** Two samples of one distribution are closer than this in 999 of 1,000 cases. */
    private static final double CRITICAL = 1.95 * Math.sqrt(2.0 / SAMPLES);

    @Override
    public Figure run() throws Exception {
        try (DrillSite site = DrillSite.with("256m", Map.of(), "-Ddw.trustedProxies=127.0.0.0/8")) {
            String key = ForgedCredentials.prepare(site, site.keep(new TestIssuer()));
            site.gateway()
                    .route("keys", "/keys", ", \"authentication\": {\"anyOf\": [\"apiKey\"]}", site.healthy("good"));
            RandomGenerator random = RandomGenerator.getDefault();
            long[][] nanos = new long[2][SAMPLES];
            int[] taken = new int[2];
            try (ClientConnection client = ClientConnection.to(site.gateway().port())) {
                for (int i = 0; i < SAMPLES; i++) {
                    send(client, site, key, i % 2, i);
                }
                Waiting.pause(Duration.ofSeconds(2));
                while (taken[0] + taken[1] < 2 * SAMPLES) {
                    int kind = random.nextInt(2);
                    if (taken[kind] < SAMPLES) {
                        nanos[kind][taken[kind]++] = send(client, site, key, kind, SAMPLES + taken[0] + taken[1]);
                    }
                }
            }
            Arrays.sort(nanos[0]);
            Arrays.sort(nanos[1]);
            double distance = distance(nanos[0], nanos[1]);
            return new Figure(
                    "10,000 unknown key ids and 10,000 wrong secrets",
                    "their times are indistinguishable: distance of the distributions < %.4f".formatted(CRITICAL),
                    "distance %.4f; median %.1f µs beside %.1f, p90 %.1f beside %.1f"
                            .formatted(
                                    distance,
                                    micros(nanos[0], 0.5),
                                    micros(nanos[1], 0.5),
                                    micros(nanos[0], 0.9),
                                    micros(nanos[1], 0.9)));
        }
    }

    /**
     * Returns the nanoseconds until the refusal.
     *
     * @param number of the client
     */
    private static long send(ClientConnection client, DrillSite site, String key, int kind, int number)
            throws Exception {
        String wrong = kind == 0
                ? "pin_" + ForgedCredentials.word(6) + key.substring(10)
                : key.substring(0, 11) + ForgedCredentials.word(43) + key.substring(54);
        String address = "10.%d.%d.%d".formatted(number >> 16, number >> 8 & 0xff, number & 0xff);
        String request = ForgedCredentials.apiKey(site, wrong)
                .octets()
                .replace("Host: h\r\n", "Host: h\r\nX-Forwarded-For: " + address + "\r\n");
        long start = System.nanoTime();
        ClientConnection.Reply reply = client.send(request);
        long took = System.nanoTime() - start;
        if (reply.status() != 401) {
            throw new IllegalStateException("the answer is " + reply.status());
        }
        return took;
    }

    /** The largest distance between the shares of both sorted samples that are at most as long as a time. */
    private static double distance(long[] one, long[] other) {
        double distance = 0;
        int j = 0;
        for (int i = 0; i < one.length; i++) {
            while (j < other.length && other[j] <= one[i]) {
                j++;
            }
            distance = Math.max(distance, Math.abs((i + 1.0) / one.length - (double) j / other.length));
            distance = Math.max(distance, Math.abs((double) i / one.length - (double) j / other.length));
        }
        return distance;
    }

    private static double micros(long[] sorted, double part) {
        return sorted[(int) (sorted.length * part)] / 1e3;
    }
}
