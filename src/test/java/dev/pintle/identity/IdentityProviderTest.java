package dev.pintle.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.EntityKind;
import dev.pintle.config.IdentityProviderSpec;
import dev.pintle.routing.RouteSchema;
import dev.pintle.testing.ManualTicker;
import dev.pintle.testing.TestIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The keys of a provider over hours: rotation, outages, and the limit on fetches. */
class IdentityProviderTest {
    private static final String CLAIMS = "{\"iss\":\"joe\",\"exp\":4102444800}";

    private static RSAKey first;
    private static RSAKey second;

    private final ManualTicker ticker = new ManualTicker();
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private final IdentityProvider provider = provider();
    private final TokenVerifier verifier = new TokenVerifier(ticker, this::now);

    private DocumentSource published = url -> keys(first);
    private Duration suspended = Duration.ZERO;

    @BeforeAll
    static void generate() throws Exception {
        first = TestIssuer.rsa("first");
        second = TestIssuer.rsa("second");
    }

    private Instant now() {
        return Instant.EPOCH.plusNanos(ticker.nanos()).plus(suspended);
    }

    private IdentityProvider provider() {
        try {
            IdentityProviderSpec spec = (IdentityProviderSpec) new DocumentCache(RouteSchema.SCHEMA)
                    .entity(EntityKind.IDENTITY_PROVIDER, new ObjectMapper().readTree("""
                                    {"id": "main", "issuer": "joe", "jwksUri": "https://id.example.com/keys"}"""))
                    .spec();
            return new IdentityProvider(spec.id(), spec, this::fetch, ticker, this::now, changes::incrementAndGet);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] fetch(String url) throws IOException {
        fetches.incrementAndGet();
        return published.fetch(url);
    }

    private static byte[] keys(RSAKey... keys) {
        return new JWKSet(List.of(keys)).toString(true).getBytes(StandardCharsets.UTF_8);
    }

    private Class<? extends TokenResult> verify(RSAKey key, String id) throws Exception {
        String token = TestIssuer.sign(key, "{\"alg\":\"RS256\",\"kid\":\"" + id + "\"}", CLAIMS);
        return verifier.verify(token, List.of(provider)).getClass();
    }

    @Test
    void aTokenOfTheNewKeyPassesAtOnceAndOneOfTheOldKeyNoMore() throws Exception {
        assertThat(verify(first, "first")).isEqualTo(TokenResult.Valid.class);

        published = url -> keys(second);

        assertThat(verify(second, "second")).isEqualTo(TokenResult.Valid.class);
        assertThat(verify(first, "first")).as("though it was remembered").isEqualTo(TokenResult.Invalid.class);
        assertThat(fetches).hasValue(3);
    }

    @Test
    void aTokenIsRememberedUnderTheKeysThatVerifiedItAlthoughOthersArriveMeanwhile() throws Exception {
        TokenVerifier interrupted = new TokenVerifier(ticker, () -> {
            published = url -> keys(second);
            ticker.advance(Duration.ofMinutes(5));
            provider.refresh();
            return now();
        });
        String token = TestIssuer.sign(first, "{\"alg\":\"RS256\",\"kid\":\"first\"}", CLAIMS);
        assertThat(interrupted.verify(token, List.of(provider))).isInstanceOf(TokenResult.Valid.class);

        assertThat(interrupted.verify(token, List.of(provider))).isInstanceOf(TokenResult.Invalid.class);
    }

    @Test
    void keysHoldThroughAnOutageOfAnHourAndNotForever() throws Exception {
        assertThat(verify(first, "first")).isEqualTo(TokenResult.Valid.class);
        published = url -> {
            throw new IOException("the answer is 500");
        };

        for (int minute = 0; minute < 60; minute++) {
            ticker.advance(Duration.ofMinutes(1));
            provider.refresh();
            assertThat(verify(first, "first")).isEqualTo(TokenResult.Valid.class);
        }
        assertThat(fetches)
                .as("every 5 minutes, and each minute after a failure")
                .hasValueBetween(50, 60);
        ticker.advance(Duration.ofHours(24));
        assertThat(verify(first, "first")).isEqualTo(TokenResult.Unavailable.class);

        published = url -> keys(first);
        ticker.advance(Duration.ofSeconds(5));
        assertThat(verify(first, "first")).isEqualTo(TokenResult.Valid.class);
    }

    @Test
    void keysThatBecameTooOldWhileTheMachineWasSuspendedAreFetchedAtOnce() throws Exception {
        assertThat(verify(first, "first")).isEqualTo(TokenResult.Valid.class);
        ticker.advance(Duration.ofSeconds(5));

        suspended = Duration.ofDays(2);

        assertThat(verify(first, "first")).isEqualTo(TokenResult.Valid.class);
        assertThat(fetches).hasValue(2);
    }

    @Test
    void inventedIdsFetchThreeTimesAndThenOnceInTenSeconds() throws Exception {
        assertThat(verify(first, "first")).isEqualTo(TokenResult.Valid.class);
        assertThat(fetches).hasValue(1);

        for (int i = 0; i < 100; i++) {
            verify(second, "invented-" + i);
        }
        assertThat(fetches).hasValue(4);
        ticker.advance(Duration.ofSeconds(10));
        for (int i = 100; i < 200; i++) {
            verify(second, "invented-" + i);
        }
        assertThat(fetches).hasValue(5);
        ticker.advance(Duration.ofSeconds(30));
        verify(second, "invented-0");
        assertThat(fetches).as("an id that a fetch did not find").hasValue(5);
        ticker.advance(Duration.ofSeconds(31));
        verify(second, "invented-0");
        assertThat(fetches).hasValue(6);
    }

    @Test
    void anIdIsLookedForAgainAfterAFetchThatFailed() throws Exception {
        assertThat(verify(first, "first")).isEqualTo(TokenResult.Valid.class);
        published = url -> {
            throw new IOException("the answer is 503");
        };
        assertThat(verify(second, "second")).isEqualTo(TokenResult.Invalid.class);

        published = url -> keys(first, second);

        assertThat(verify(second, "second")).isEqualTo(TokenResult.Valid.class);
    }

    @Test
    void requestsAtTheSameTimeShareOneFetch() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        published = url -> {
            try {
                answered.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return keys(first);
        };
        String token = TestIssuer.sign(first, "{\"alg\":\"RS256\",\"kid\":\"first\"}", CLAIMS);
        List<Thread> requests = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            requests.add(Thread.ofVirtual().start(() -> verifier.verify(token, List.of(provider))));
        }
        while (fetches.get() == 0) {
            Thread.onSpinWait();
        }

        answered.countDown();
        for (Thread request : requests) {
            request.join();
        }

        assertThat(fetches).hasValue(1);
        assertThat(changes).hasValue(1);
        assertThat(verifier.verify(token, List.of(provider))).isInstanceOf(TokenResult.Valid.class);
    }

    @Test
    void inventedIdsHoldAtMost200RequestsWhileTheProviderIsSlow() throws Exception {
        assertThat(verify(first, "first")).isEqualTo(TokenResult.Valid.class);
        CountDownLatch answered = new CountDownLatch(1);
        published = url -> {
            await().until(() -> answered.getCount() == 0);
            return keys(first);
        };
        String forged = TestIssuer.sign(second, "{\"alg\":\"RS256\",\"kid\":\"invented\"}", CLAIMS);
        Queue<TokenResult> results = new ConcurrentLinkedQueue<>();
        List<Thread> requests = new ArrayList<>();
        for (int i = 0; i < 220; i++) {
            requests.add(Thread.ofVirtual().start(() -> results.add(verifier.verify(forged, List.of(provider)))));
            while (fetches.get() < 2) {
                Thread.onSpinWait();
            }
        }

        await().until(() -> results.stream()
                        .filter(TokenResult.Unavailable.class::isInstance)
                        .count()
                >= 20);
        assertThat(verify(first, "first")).as("a token of a known key").isEqualTo(TokenResult.Valid.class);

        answered.countDown();
        for (Thread request : requests) {
            request.join();
        }
    }

    @Test
    void anAnswerWithoutUsableKeysKeepsThePreviousOnes() throws Exception {
        assertThat(verify(first, "first")).isEqualTo(TokenResult.Valid.class);
        for (String answer : List.of(
                "",
                "{}",
                "{\"keys\": []}",
                "{\"keys\": [{\"kty\": \"oct\", \"k\": \"AAAA\"}]}",
                "[".repeat(100_000),
                "<html></html>")) {
            published = url -> answer.getBytes(StandardCharsets.UTF_8);
            ticker.advance(Duration.ofMinutes(5));
            provider.refresh();

            assertThat(verify(first, "first")).as(answer).isEqualTo(TokenResult.Valid.class);
        }
        assertThat(fetches).hasValue(7);
    }
}
