package dev.pintle.admin.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.credentials.AuthFailureThrottle;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.AdminApiHarness.Reply;
import dev.pintle.upstream.tls.ClientCertificates;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Operators sign in to the console by token or code; only its own pages can use the session. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleSessionTest {
    private static final String PATH = "/console/session";
    private static final String HEADER = "X-Pintle-Console";

    private final MovableClock clock = new MovableClock();
    private AdminApiHarness node;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        node = new AdminApiHarness(folder, clock);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @BeforeEach
    void forgetFailedAttempts() {
        node.ticker.advance(Duration.ofMinutes(1));
    }

    @Test
    void aTokenStartsASessionWithItsRole() throws Exception {
        Reply signedIn = signIn("{\"token\": \"" + AdminApiHarness.VIEWER + "\"}");

        assertThat(signedIn.status()).as(signedIn.body()).isEqualTo(200);
        assertThat(signedIn.json().path("role").asText()).isEqualTo("viewer");
        assertThat(signedIn.field("Set-Cookie"))
                .startsWith("pintle-console=onlooker:")
                .contains("HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Secure", AdminApiHarness.VIEWER);
        String cookie = cookie(signedIn);
        assertThat(with(cookie, "GET", "/api/v1/routes").send().status()).isEqualTo(200);
        assertThat(with(cookie, "GET", PATH).send().json().path("token").asText())
                .isEqualTo("onlooker");
        assertThat(with(cookie, "PUT", "/api/v1/routes/users").send("{}").code())
                .isEqualTo("forbidden");
    }

    @Test
    void aCodeSignsInOnceWithinTenMinutes() throws Exception {
        String code = node.codes.create();
        String late = node.codes.create();

        assertThat(signIn("{\"code\": \"" + code + "\"}").json().path("role").asText())
                .isEqualTo("editor");
        assertThat(signIn("{\"code\": \"" + code + "\"}").status()).isEqualTo(401);
        node.ticker.advance(Duration.ofMinutes(10));
        assertThat(signIn("{\"code\": \"" + late + "\"}").status()).isEqualTo(401);
    }

    @Test
    void guessesCountLikeThoseAtTheApi() throws Exception {
        for (int attempt = 0; attempt < AuthFailureThrottle.BURST; attempt++) {
            assertThat(signIn("{\"token\": \"guess-" + attempt + "\"}").status())
                    .isEqualTo(401);
        }
        Reply throttled = signIn("{\"token\": \"one-more-guess\"}");
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.field("Retry-After")).isEqualTo("3");
        assertThat(node.anonymous("GET", "/api/v1/routes").send().status()).isEqualTo(429);
        assertThat(signIn("{\"token\": \"" + AdminApiHarness.TOKEN + "\"}").status())
                .isEqualTo(200);
    }

    @Test
    void aRequestOfAnotherSiteIsRefused() throws Exception {
        String cookie = session();

        assertThat(node.anonymous("GET", "/api/v1/routes")
                        .with("Cookie", cookie)
                        .send()
                        .code())
                .isEqualTo("cross-site");
        for (String origin : new String[] {"http://evil.example", "null", node.url() + ".evil.example"}) {
            Reply refused = with(cookie, "POST", "/api/v1/routes")
                    .with("Origin", origin)
                    .send("{}");
            assertThat(refused.status()).as(origin).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("cross-site");
        }
        assertThat(with(cookie, "GET", "/api/v1/routes")
                        .with("Sec-Fetch-Site", "same-site")
                        .send()
                        .status())
                .isEqualTo(403);
        assertThat(with(cookie, "POST", "/api/v1/routes/validate")
                        .with("Origin", node.url())
                        .with("Sec-Fetch-Site", "same-origin")
                        .send("{}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anotherSiteCannotSignAnOperatorIn() throws Exception {
        Reply refused = node.anonymous("POST", PATH).send("{\"token\": \"" + AdminApiHarness.TOKEN + "\"}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.field("Set-Cookie")).isEmpty();
    }

    @Test
    void aForgedOrChangedCookieIsNoSession() throws Exception {
        String cookie = session();
        String foreign = cookie.replaceFirst("admin:", "onlooker:");

        for (String forged : new String[] {foreign, cookie + "0", "pintle-console=", "pintle-console=a:b:c:d:e"}) {
            assertThat(with(forged, "GET", "/api/v1/routes").send().code())
                    .as(forged)
                    .isEqualTo("unauthorized");
        }
    }

    @Test
    void aSessionEndsAfterThirtyMinutesWithoutARequest() throws Exception {
        String cookie = session();

        clock.advance(Duration.ofMinutes(29));
        Reply background = with(cookie, "GET", "/api/v1/routes")
                .with("X-Pintle-Background", "1")
                .send();
        assertThat(background.field("Set-Cookie")).isEmpty();
        String renewed = cookie(with(cookie, "GET", "/api/v1/routes").send());
        clock.advance(Duration.ofMinutes(2));
        assertThat(with(cookie, "GET", "/api/v1/routes").send().code()).isEqualTo("session-ended");
        assertThat(with(renewed, "GET", "/api/v1/routes").send().status()).isEqualTo(200);
    }

    @Test
    void aSessionEndsAfterEightHours() throws Exception {
        String cookie = session();
        for (int renewals = 0; renewals < 19; renewals++) {
            clock.advance(Duration.ofMinutes(25));
            cookie = cookie(with(cookie, "GET", "/api/v1/routes").send());
        }
        clock.advance(Duration.ofMinutes(6));

        assertThat(with(cookie, "GET", "/api/v1/routes").send().code()).isEqualTo("session-ended");
    }

    @Test
    void aSignOutEndsTheSessionOnEveryNode() throws Exception {
        try (AdminApiHarness other = node.another(clock, new ClientCertificates(Map.of()))) {
            String cookie = session();
            assertThat(with(other, cookie, "GET", PATH).send().status()).isEqualTo(200);

            Reply signedOut = with(cookie, "DELETE", PATH).send();

            assertThat(signedOut.status()).isEqualTo(204);
            assertThat(signedOut.field("Set-Cookie")).contains("Max-Age=0");
            assertThat(with(cookie, "GET", PATH).send().code()).isEqualTo("session-ended");
            await().untilAsserted(() ->
                    assertThat(with(other, cookie, "GET", PATH).send().code()).isEqualTo("session-ended"));
        }
    }

    @Test
    void aSignOutWithoutPostgresqlReachesTheOtherNodesLater() throws Exception {
        try (AdminApiHarness other = node.another(clock, new ClientCertificates(Map.of()))) {
            String cookie = session();
            node.line.refuse();
            assertThat(with(cookie, "GET", "/api/v1/routes").send().status()).isEqualTo(200);
            assertThat(with(cookie, "DELETE", PATH).send().status()).isEqualTo(204);
            assertThat(with(cookie, "GET", PATH).send().code()).isEqualTo("session-ended");
            assertThat(with(other, cookie, "GET", PATH).send().status()).isEqualTo(200);

            node.line.heal();

            await().untilAsserted(() ->
                    assertThat(with(other, cookie, "GET", PATH).send().code()).isEqualTo("session-ended"));
        }
    }

    @Test
    void aBrowserWithoutASessionIsNotCountedAsAGuess() throws Exception {
        for (int page = 0; page <= AuthFailureThrottle.BURST; page++) {
            assertThat(node.anonymous("GET", PATH).send().status()).isEqualTo(204);
        }
    }

    private String session() throws Exception {
        return cookie(signIn("{\"token\": \"" + AdminApiHarness.TOKEN + "\"}"));
    }

    private Reply signIn(String body) throws Exception {
        return node.anonymous("POST", PATH).with(HEADER, "1").send(body);
    }

    private static String cookie(Reply reply) {
        return reply.field("Set-Cookie").replaceFirst(";.*", "");
    }

    private AdminApiHarness.Call with(String cookie, String method, String path) {
        return with(node, cookie, method, path);
    }

    private static AdminApiHarness.Call with(AdminApiHarness on, String cookie, String method, String path) {
        return on.anonymous(method, path).with("Cookie", cookie).with(HEADER, "1");
    }

    /** A clock that moves only when a test says so. */
    private static final class MovableClock extends Clock {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        private void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
