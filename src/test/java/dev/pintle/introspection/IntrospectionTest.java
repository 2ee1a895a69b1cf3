package dev.pintle.introspection;

import static dev.pintle.testing.AdminApiHarness.object;
import static dev.pintle.testing.AdminApiHarness.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.http.Body;
import dev.pintle.http.CidrSet;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.testing.AdminApiHarness;
import dev.pintle.testing.Exchanges;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway port shows health to all clients, and the other pages to direct peers only. */
class IntrospectionTest {
    private static final int PROXIED = 299;
    private static final Handler NEXT = exchange -> new FinalResponse(PROXIED, Headers.EMPTY, Body.EMPTY);

    private static AdminApiHarness admin;
    private static IntrospectionPolicy introspection;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        admin = new AdminApiHarness(folder);
        introspection = new IntrospectionPolicy(admin.report, CidrSet.of(List.of("127.0.0.0/8", "::1", "10.1.0.0/16")));
    }

    @AfterAll
    static void close() throws Exception {
        admin.close();
    }

    @Test
    void everyClientSeesOnlyTheWordOfHealth() throws Exception {
        FinalResponse health =
                ask("GET", "/__health", "203.0.113.9", "api.example.com", Headers.of("X-Forwarded-For", "1.2.3.4"));

        assertThat(health.status()).isEqualTo(200);
        assertThat(Exchanges.text(health)).isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    void everyClientSeesWhetherTheNodeIsReady() throws Exception {
        Readiness readiness = new Readiness();
        IntrospectionPolicy node = new IntrospectionPolicy(
                new NodeStatus(
                        admin.sync,
                        admin.live,
                        admin.runtime,
                        readiness,
                        new io.prometheus.metrics.model.registry.PrometheusRegistry()),
                CidrSet.of(List.of()));

        assertWord(node, 503, "starting");
        readiness.ready();
        assertWord(node, 200, "ready");
        readiness.stopping();
        assertWord(node, 503, "stopping");
        readiness.ready();
        assertWord(node, 503, "stopping");
    }

    @Test
    void aDirectPeerSeesTheActiveRoutes() throws Exception {
        admin.put("seen", route("/seen", ", \"maxRequestBody\": \"1KiB\""));

        FinalResponse answer = ask("GET", "/__routes", "127.0.0.1", "localhost:8080", Headers.EMPTY);

        ObjectNode routes = object(Exchanges.text(answer));
        assertThat(routes.path("revision").asLong())
                .isEqualTo(admin.live.current().revision());
        assertThat(routes.path("source").asText()).isEqualTo("database");
        assertThat(routes.path("rejected")).isEmpty();
        ObjectNode seen = (ObjectNode) routes.at("/routes/0");
        assertThat(seen.path("id").asText()).isEqualTo("seen");
        assertThat(seen.path("match")).isEqualTo(object("{\"path\": \"/seen\"}"));
        assertThat(seen.path("policies").findValuesAsText("")).isEmpty();
        assertThat(seen.path("policies")).anyMatch(policy -> policy.asText().equals("maxRequestBody"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:80", "127.0.0.1", "10.1.2.3:8080", "[::1]", "[::1]:8080"})
    void anAddressAsHostIsDirect(String host) {
        assertThat(ask("GET", "/__metrics", "127.0.0.1", host, Headers.EMPTY).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api.example.com",
                "localhost.example.com",
                "127.0.0.1.example.com",
                "1.2.3.4x",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "2130706433",
                "...",
                "[::g]",
                "localhost.",
                "[::1].example.com"
            })
    void aDomainNameAsHostIsNotDirect(String host) throws Exception {
        assertHidden(ask("GET", "/__metrics", "127.0.0.1", host, Headers.EMPTY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Forwarded-For", "x-forwarded-proto", "X-Forwarded-Anything", "Forwarded", "Via", "X-Real-IP"})
    void aRequestThroughAProxyIsNotDirect(String field) throws Exception {
        assertHidden(ask("GET", "/__routes", "127.0.0.1", "localhost", Headers.of(field, "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.0.1", "::1", "10.1.255.255", "::ffff:127.0.0.1"})
    void peersOfAllowedNetworksSeeAllPages(String peer) {
        assertThat(ask("GET", "/__routes", peer, "localhost", Headers.EMPTY).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"128.0.0.1", "10.2.0.1", "::2", "2001:db8::1", "::ffff:10.2.0.1", "localhost", ""})
    void otherPeersSeeNoPages(String peer) throws Exception {
        assertHidden(ask("GET", "/__routes", peer, "localhost", Headers.EMPTY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/__routes", "/__circuit", "/__limits", "/__metrics"})
    void onlyDirectPeersSeeThePagesBeyondHealth(String path) throws Exception {
        assertThat(ask("GET", path, "127.0.0.1", "localhost", Headers.EMPTY).status())
                .isEqualTo(200);
        assertHidden(ask("GET", path, "203.0.113.9", "localhost", Headers.EMPTY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/__routes/",
                "//__routes",
                "/%5f%5froutes",
                "/__Routes",
                "/__routes/x",
                "/x/__routes",
                "/__health;a=b",
                "/",
                "*"
            })
    void onlyTheLiteralPathCounts(String path) {
        assertThat(ask("GET", path, "127.0.0.1", "localhost", Headers.EMPTY).status())
                .isEqualTo(PROXIED);
    }

    @Test
    void headHasContentLengthAndNoContent() {
        FinalResponse get = ask("GET", "/__health", "127.0.0.1", "localhost", Headers.EMPTY);
        FinalResponse head = ask("HEAD", "/__health", "127.0.0.1", "localhost", Headers.EMPTY);

        assertThat(head.headers()).isEqualTo(get.headers());
        assertThat(Exchanges.text(head)).isEmpty();
        assertThat(get.headers().first("Content-Length"))
                .isEqualTo(Integer.toString(Exchanges.text(get).length()));
    }

    @Test
    void otherMethodsAreRefusedWithAllow() {
        FinalResponse refused = ask("POST", "/__health", "203.0.113.9", "api.example.com", Headers.EMPTY);

        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.headers().first("Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void otherMethodsDoNotRevealHiddenPages() throws Exception {
        assertHidden(ask("POST", "/__routes", "203.0.113.9", "localhost", Headers.EMPTY));
    }

    @Test
    void metricsAreAvailableAsPrometheusTextOrOpenMetrics() {
        FinalResponse text = ask("GET", "/__metrics", "127.0.0.1", "localhost", Headers.EMPTY);
        FinalResponse open = ask(
                "GET",
                "/__metrics",
                "127.0.0.1",
                "localhost",
                Headers.of("Accept", "application/openmetrics-text;version=1.0.0"));

        assertThat(text.headers().first("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(Exchanges.text(text)).contains("gateway_config_revision ").doesNotContain("# EOF");
        assertThat(open.headers().first("Content-Type")).startsWith("application/openmetrics-text");
        assertThat(Exchanges.text(open)).endsWith("# EOF\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/openmetrics-text;q=0 | text/plain",
                "application/openmetrics-text;version=1.0.0; Q=0.000, */* | text/plain",
                "application/openmetrics-text;q=0;version=1.0.0 | text/plain",
                "text/plain, application/openmetrics-text;q=0.01 | application/openmetrics-text",
                "Application/OpenMetrics-Text ;q=1 | application/openmetrics-text",
                "*/* | text/plain"
            })
    void aClientCanRefuseOpenMetrics(String accept, String mediaType) {
        FinalResponse page = ask("GET", "/__metrics", "127.0.0.1", "localhost", Headers.of("Accept", accept));
        assertThat(page.headers().first("Content-Type")).startsWith(mediaType);
    }

    @Test
    void anEmptyListOfNetworksAllowsNoPeer() throws Exception {
        IntrospectionPolicy closed = new IntrospectionPolicy(admin.report, CidrSet.of(List.of()));

        assertHidden((FinalResponse)
                closed.apply(exchange("GET", "/__routes", "127.0.0.1", "localhost", Headers.EMPTY), NEXT));
    }

    private static void assertWord(IntrospectionPolicy node, int status, String word) {
        FinalResponse ready =
                (FinalResponse) node.apply(exchange("GET", "/__ready", "203.0.113.9", "x", Headers.EMPTY), NEXT);
        assertThat(ready.status()).isEqualTo(status);
        assertThat(Exchanges.text(ready)).isEqualTo("{\"status\":\"" + word + "\"}");
    }

    private static void assertHidden(FinalResponse answer) throws Exception {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(object(Exchanges.text(answer)).path("code").asText()).isEqualTo("no-route");
    }

    private static FinalResponse ask(String method, String path, String peer, String host, Headers headers) {
        return (FinalResponse) introspection.apply(exchange(method, path, peer, host, headers), NEXT);
    }

    private static Exchange exchange(String method, String path, String peer, String host, Headers headers) {
        TimeBudget budget = new TimeBudget(Duration.ofSeconds(10), Ticker.SYSTEM);
        Exchange exchange = Exchanges.of(method, path, headers, Body.EMPTY, peer, budget);
        return exchange.with(exchange.request().withAuthority(host));
    }
}
