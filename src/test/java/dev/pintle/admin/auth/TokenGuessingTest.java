package dev.pintle.admin.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.credentials.AuthFailureThrottle;
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

/** Failed attempts are throttled per client network. The test moves the clock of the admin API. */
class TokenGuessingTest {
    private AdminApiHarness admin;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void afterTenWrongTokensOneAttemptEveryThreeSecondsGets401() throws Exception {
        for (int i = 0; i < AuthFailureThrottle.BURST; i++) {
            assertThat(guess().status()).isEqualTo(401);
        }

        Reply throttled = guess();
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.code()).isEqualTo("too-many-failures");
        assertThat(throttled.field("Retry-After")).isEqualTo("3");
        assertThat(throttled.field("WWW-Authenticate")).isEmpty();

        admin.ticker.advance(AuthFailureThrottle.INTERVAL.minusNanos(1));
        assertThat(guess().field("Retry-After")).isEqualTo("1");
        admin.ticker.advance(Duration.ofNanos(1));
        assertThat(guess().status()).isEqualTo(401);
        assertThat(guess().status()).isEqualTo(429);
    }

    @Test
    void aValidTokenPassesRegardlessOfFailedAttempts() throws Exception {
        for (int i = 0; i < 3 * AuthFailureThrottle.BURST; i++) {
            guess();
            assertThat(admin.get("/api/v1/routes").status()).isEqualTo(200);
        }
        assertThat(admin.view("GET", "/api/v1/routes").send().status()).isEqualTo(200);
        assertThat(guess().status()).isEqualTo(429);
    }

    @Test
    void aMissingTokenCountsAsAFailedAttempt() throws Exception {
        for (int i = 0; i < AuthFailureThrottle.BURST; i++) {
            assertThat(admin.anonymous("GET", "/api/v1/routes").send().status()).isEqualTo(401);
        }

        assertThat(admin.anonymous("GET", "/api/v1/routes").send().status()).isEqualTo(429);
        assertThat(admin.get("/api/v1/routes").status()).isEqualTo(200);
    }

    @Test
    void probesAreNotThrottled() throws Exception {
        for (int i = 0; i <= AuthFailureThrottle.BURST; i++) {
            guess();
        }

        assertThat(admin.anonymous("GET", "/__health").send().status()).isEqualTo(200);
    }

    @Test
    void aValidTokenDoesNotCountAsAnAttempt() throws Exception {
        for (int i = 0; i < 3 * AuthFailureThrottle.BURST; i++) {
            assertThat(admin.get("/api/v1/routes").status()).isEqualTo(200);
        }
    }

    @Test
    void throttledAttemptsAreCountedInTheNextAuditLine() throws Exception {
        try (AccessLogLines lines = AccessLogLines.record("audit")) {
            for (int i = 0; i < AuthFailureThrottle.BURST + 20; i++) {
                guess();
            }
            assertThat(lines.all()).hasSize(AuthFailureThrottle.BURST + 1);
            assertThat(lines.all().getLast())
                    .contains("\"status\":429", "\"retryAfter\":\"3\"", "\"peer\":\"127.0.0.1\"");

            admin.ticker.advance(AuthFailureThrottle.INTERVAL);
            guess();

            assertThat(lines.all().getLast()).contains("\"status\":401", "\"unlogged\":19");
            assertThat(lines.all()).noneMatch(line -> line.contains("a-wrong-guess"));
        }
    }

    @Test
    void concurrentAttemptsAreCountedOneByOne() throws Exception {
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

        assertThat(statuses).filteredOn(status -> status == 401).hasSize(AuthFailureThrottle.BURST);
        assertThat(statuses).filteredOn(status -> status == 429).hasSize(40 - AuthFailureThrottle.BURST);
    }

    private Reply guess() throws Exception {
        return admin.anonymous("GET", "/api/v1/routes")
                .with("Authorization", "Bearer a-wrong-guess")
                .send();
    }
}
