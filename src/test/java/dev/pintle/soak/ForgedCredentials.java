package dev.pintle.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.util.Base64URL;
import dev.pintle.testing.TestIssuer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Forged tokens and keys at 2,000 a second beside good ones. The system property {@code pintle.forged} is their number,
 * 120,000 unless given.
 */
final class ForgedCredentials implements Drill {
    private static final int PER_SECOND = 2_000;
    private static final int GOOD_PER_SECOND = 200;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final List<String> REFUSED = List.of("401 credentials-invalid", "429 rate-limited");
    private static final int FORGED = Integer.getInteger("pintle.forged", 120_000);

    @Override
    public Figure run() throws Exception {
        try (DrillSite site = DrillSite.with("256m")) {
            TestIssuer issuer = site.keep(new TestIssuer());
            var upstream = site.healthy("good");
            String key = prepare(site, issuer);
            site.gateway().route("tokens", "/tokens", ", \"authentication\": {\"anyOf\": [\"jwt:main\"]}", upstream);
            site.gateway().route("keys", "/keys", ", \"authentication\": {\"anyOf\": [\"apiKey\"]}", upstream);
            long exp = System.currentTimeMillis() / 1_000 + 86_400;
            String token = issuer.token(
                    "{\"iss\":\"" + issuer.url() + "\",\"sub\":\"ada\",\"aud\":\"api\",\"exp\":" + exp + "}");
            List<ClientRequest> genuine = List.of(bearer(site, token), apiKey(site, key));
            try (Load good = Load.of(
                    GOOD_PER_SECOND,
                    16,
                    () -> genuine.get(ThreadLocalRandom.current().nextInt(2)))) {
                good.measure(Duration.ofSeconds(15));
                double heapBefore = Heap.afterCollection(site.gateway().pid());
                ClientResults alone = good.measure(Duration.ofSeconds(20));
                int fetchesBefore = issuer.keyRequests();
                ClientResults refused;
                ClientResults beside;
                double coldP99;
                double cores;
                try (Load forged = Load.of(PER_SECOND, 64, () -> forged(site, token, key))) {
                    // The first seconds compile the refusals, as the first seconds of every load.
                    good.resetCounts();
                    ClientResults cold = good.measure(WARM_UP);
                    coldP99 = cold.p99();
                    beside = good.resetCounts();
                    Duration cpu = ProcessStats.cpu(site.gateway().pid());
                    refused = forged.measure(Duration.ofSeconds(FORGED / PER_SECOND));
                    cores = (double) ProcessStats.cpu(site.gateway().pid())
                                    .minus(cpu)
                                    .toMillis()
                            / Duration.ofSeconds(FORGED / PER_SECOND).toMillis();
                    good.resetCounts();
                }
                double heapAfter = Heap.afterCollection(site.gateway().pid());
                return new Figure(
                        "%,d forged tokens and keys at %,d/s beside %d good requests/s, heap 256 MiB"
                                .formatted(FORGED, PER_SECOND, GOOD_PER_SECOND),
                        "0 accepted, heap flat, p99 of good requests < 1.5 ×",
                        ("%d of %d accepted, %d refused, %d others (%s); heap after GC %.1f → %.1f MiB; %d fetches of the"
                                        + " keys; good requests: %s, p99 %.1f ms beside %.1f alone (%.1f in"
                                        + " the first 15 s); %.2f cores of the gateway")
                                .formatted(
                                        refused.of(LoadClient.OK),
                                        refused.requests(),
                                        refusals(refused),
                                        refused.requests() - refusals(refused) - refused.of(LoadClient.OK),
                                        refused.failureSummary(),
                                        heapBefore,
                                        heapAfter,
                                        issuer.keyRequests() - fetchesBefore,
                                        beside.failures(),
                                        beside.p99(),
                                        alone.p99(),
                                        coldP99,
                                        cores));
            }
        }
    }

    private static long refusals(ClientResults results) {
        return REFUSED.stream().mapToLong(results::of).sum();
    }

    /** Creates a provider and a consumer, and returns a key of the consumer. */
    static String prepare(DrillSite site, TestIssuer issuer) throws Exception {
        site.gateway().admin("PUT", "/api/v1/identity-providers/main", """
                {"issuer": "%s", "audiences": ["api"], "algorithms": ["RS256"]}""".formatted(issuer.url()));
        site.gateway().admin("PUT", "/api/v1/consumers/acme", "{}");
        JsonNode created = new ObjectMapper()
                .readTree(site.gateway()
                        .admin("POST", "/api/v1/consumers/acme/keys", "{}")
                        .body());
        return created.path("key").textValue();
    }

    private static ClientRequest forged(DrillSite site, String token, String key) {
        int signature = token.lastIndexOf('.') + 1;
        int claims = token.indexOf('.') + 1;
        return switch (ThreadLocalRandom.current().nextInt(6)) {
            case 0 -> bearer(site, token.substring(0, signature) + text(256));
            case 1 -> bearer(site, header("RS256", word(12)) + token.substring(claims));
            case 2 -> bearer(site, header("none", "first") + token.substring(claims));
            case 3 -> bearer(site, token.substring(0, claims) + text(60) + token.substring(signature - 1));
            case 4 -> apiKey(site, "pin_" + word(6) + key.substring(10));
            default -> apiKey(site, key.substring(0, 11) + word(43) + key.substring(54));
        };
    }

    private static String header(String algorithm, String keyId) {
        return Base64URL.encode("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + keyId + "\"}") + ".";
    }

    private static String text(int bytes) {
        byte[] random = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(random);
        return Base64URL.encode(random).toString();
    }

    static String word(int length) {
        StringBuilder word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + ThreadLocalRandom.current().nextInt(26)));
        }
        return word.toString();
    }

    private static ClientRequest bearer(DrillSite site, String token) {
        return with(site, "/tokens", "Authorization: Bearer " + token);
    }

    static ClientRequest apiKey(DrillSite site, String key) {
        return with(site, "/keys", "X-API-Key: " + key);
    }

    private static ClientRequest with(DrillSite site, String path, String header) {
        return new ClientRequest(
                site.gateway().port(), "GET " + path + " HTTP/1.1\r\nHost: h\r\n" + header + "\r\n\r\n", true, null);
    }
}
