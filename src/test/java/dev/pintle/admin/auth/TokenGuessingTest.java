package dev.pintle.admin.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.AccessLogLines;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who guesses at tokens is slowed down. The desk's clock stands still until it is moved. */
class TokenGuessingTest {
    private AdminApiHarness desk;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        desk = new AdminApiHarness(folder);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void afterTenWrongTokensOnlyOneEveryThreeSecondsIsAnswered401() throws Exception {
        for (int i = 0; i < AuthFailureThrottle.AT_ONCE; i++) {
            assertThat(guess().status()).isEqualTo(401);
        }

        Reply throttled = guess();
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.code()).isEqualTo("too-many-failures");
        assertThat(throttled.field("Retry-After")).isEqualTo("3");
        assertThat(throttled.field("WWW-Authenticate")).isEmpty();

        desk.ticker.advance(AuthFailureThrottle.EACH.minusNanos(1));
        assertThat(guess().field("Retry-After")).isEqualTo("1");
        desk.ticker.advance(Duration.ofNanos(1));
        assertThat(guess().status()).isEqualTo(401);
        assertThat(guess().status()).isEqualTo(429);
    }

    @Test
    void theRightTokenPassesHoweverManyWrongOnesTheSameHostSends() throws Exception {
        for (int i = 0; i < 3 * AuthFailureThrottle.AT_ONCE; i++) {
            guess();
            assertThat(desk.get("/api/v1/routes").status()).isEqualTo(200);
        }
        assertThat(desk.view("GET", "/api/v1/routes").send().status()).isEqualTo(200);
        assertThat(guess().status()).isEqualTo(429);
    }

    @Test
    void aMissingTokenIsAFailedAttemptToo() throws Exception {
        for (int i = 0; i < AuthFailureThrottle.AT_ONCE; i++) {
            assertThat(desk.anonymous("GET", "/api/v1/routes").send().status()).isEqualTo(401);
        }

        assertThat(desk.anonymous("GET", "/api/v1/routes").send().status()).isEqualTo(429);
        assertThat(desk.get("/api/v1/routes").status()).isEqualTo(200);
    }

    @Test
    void probesAreAnsweredAllTheSame() throws Exception {
        for (int i = 0; i <= AuthFailureThrottle.AT_ONCE; i++) {
            guess();
        }

        assertThat(desk.anonymous("GET", "/__health").send().status()).isEqualTo(200);
    }

    @Test
    void theRightTokenCostsNothing() throws Exception {
        for (int i = 0; i < 3 * AuthFailureThrottle.AT_ONCE; i++) {
            assertThat(desk.get("/api/v1/routes").status()).isEqualTo(200);
        }
    }

    @Test
    void aFloodIsTwoLinesInTheAuditAndItsNumberIsInTheNext() throws Exception {
        try (AccessLogLines lines = AccessLogLines.record("audit")) {
            for (int i = 0; i < AuthFailureThrottle.AT_ONCE + 20; i++) {
                guess();
            }
            assertThat(lines.all()).hasSize(AuthFailureThrottle.AT_ONCE + 1);
            assertThat(lines.all().getLast())
                    .contains("\"status\":429", "\"retryAfter\":\"3\"", "\"peer\":\"127.0.0.1\"");

            desk.ticker.advance(AuthFailureThrottle.EACH);
            guess();

            assertThat(lines.all().getLast()).contains("\"status\":401", "\"untold\":19");
            assertThat(lines.all()).noneMatch(line -> line.contains("a-wrong-guess"));
        }
    }

    @Test
    void guessesAtTheSameMomentAreCountedOneByOne() throws Exception {
        List<Integer> statuses;
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var guesses = java.util.stream.IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> guess().status()))
                    .toList();
            statuses = new java.util.ArrayList<>();
            for (var guess : guesses) {
                statuses.add(guess.get());
            }
        }

        assertThat(statuses).filteredOn(status -> status == 401).hasSize(AuthFailureThrottle.AT_ONCE);
        assertThat(statuses).filteredOn(status -> status == 429).hasSize(40 - AuthFailureThrottle.AT_ONCE);
    }

    private Reply guess() throws Exception {
        return desk.anonymous("GET", "/api/v1/routes")
                .with("Authorization", "Bearer a-wrong-guess")
                .send();
    }
}
