package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.Security;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No route can make the gateway send requests to forbidden addresses: a metadata service of a cloud, or the gateway
 * itself.
 */
class EgressPolicyTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest",
                "https://169.254.169.254",
                "http://[fd00:ec2::254]",
                "http://[::ffff:169.254.169.254]:80",
                "http://0.0.0.0:9000",
                "http://[fe80::1]"
            })
    void aRouteToABlockedAddressIsRejected(String url) {
        HttpResponse<String> response = put(gateway, "closed", "http://10.0.0.1", url);
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("\"pointer\":\"/upstream/targets/1/url\"", "upstreamAllow in config.yml");
    }

    @Test
    void aRouteToThePortsOfTheGatewayIsRejected() {
        for (String url : new String[] {gateway.url(), gateway.adminUrl()}) {
            HttpResponse<String> response = put(gateway, "itself", url);
            assertThat(response.statusCode()).isEqualTo(422);
            assertThat(response.body()).contains("/upstream/targets/0/url", "the gateway itself");
        }
    }

    @Test
    void aNameThatResolvesToTheGatewayIs502() {
        gateway.route("named", "/named", "http://localhost:" + adminPort(gateway));
        HttpResponse<String> response = gateway.get("/named/api/v1/routes");
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body())
                .contains("\"code\":\"upstream-unreachable\"", "(the gateway itself)", "upstreamAllow");
    }

    @Test
    void healthChecksSkipBlockedAddresses() {
        String check = ", \"healthCheck\": {\"path\": \"/__health\", \"interval\": \"100ms\", \"unhealthyAfter\": 1}";
        HttpResponse<String> response =
                gateway.admin("PUT", "/api/v1/routes/checked", """
                {"match": {"path": "/checked"}, "upstream": {"targets": [{"url": "http://localhost:%d"}]%s}}""".formatted(adminPort(gateway), check));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        await().until(() -> gateway.get("/checked").body().contains("\"code\":\"no-healthy-target\""));
    }

    @Test
    void upstreamAllowPermitsBlockedAddresses() {
        try (TestGateway open = TestGateway.start("upstreamAllow=127.0.0.0/8, [::1/128]:1")) {
            open.route("itself", "/itself", open.adminUrl(), ", \"rewrite\": {\"stripPrefix\": true}");
            assertThat(open.get("/itself/__health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anUpstreamMayListenOnIpv6Only() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            gateway.route("six", "/six", "http://[::1]:" + server.getAddress().getPort());
            assertThat(gateway.get("/six").statusCode()).isEqualTo(204);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void resolvedNamesExpireSoon() {
        assertThat(Security.getProperty("networkaddress.cache.ttl")).isEqualTo("10");
        assertThat(Security.getProperty("networkaddress.cache.stale.ttl")).isEqualTo("300");
        assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo("2");
    }

    private static int adminPort(TestGateway gateway) {
        return URI.create(gateway.adminUrl()).getPort();
    }

    private static HttpResponse<String> put(TestGateway gateway, String id, String... urls) {
        StringBuilder targets = new StringBuilder();
        for (String url : urls) {
            targets.append(targets.isEmpty() ? "" : ", ")
                    .append("{\"url\": \"")
                    .append(url)
                    .append("\"}");
        }
        return gateway.admin("PUT", "/api/v1/routes/" + id, """
                {"match": {"path": "/%s"}, "upstream": {"targets": [%s]}}""".formatted(id, targets));
    }
}
