package dev.pintle.policy.ipfilter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over real sockets; the test acts as a load balancer that sets the client address. */
class IpFilterTest {
    private static TestGateway gateway;
    private static RawUpstream upstream;

    @BeforeAll
    static void start() {
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        gateway = TestGateway.start("trustedProxies=127.0.0.0/8");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"allow": ["10.0.0.0/8"]}                            | 10.1.2.3             | 200
                    {"allow": ["10.0.0.0/8"]}                            | 11.1.2.3             | 403
                    {"allow": ["10.0.0.0/8"]}                            | ::ffff:10.1.2.3      | 200
                    {"allow": ["::ffff:10.0.0.0/104"]}                   | 10.1.2.3             | 200
                    {"allow": ["10.0.0.0/8"]}                            | 2001:db8::1          | 403
                    {"allow": ["10.0.0.0/8"], "deny": ["10.6.6.0/24"]}   | 10.6.5.1             | 200
                    {"allow": ["10.0.0.0/8"], "deny": ["10.6.6.0/24"]}   | 10.6.6.1             | 403
                    {"allow": ["10.6.6.1"], "deny": ["10.0.0.0/8"]}      | 10.6.6.1             | 403
                    {"deny": ["10.6.6.6"]}                               | 10.6.6.6             | 403
                    {"deny": ["10.6.6.6"]}                               | ::ffff:a06:606       | 403
                    {"deny": ["10.6.6.6"]}                               | 10.6.6.7             | 200
                    {"deny": ["2001:db8::/32"]}                          | 2001:DB8:0::1        | 403
                    {"deny": ["fe80::/10"]}                              | fe80::7%eth0         | 403
                    {"allow": ["0.0.0.0/0"]}                             | 203.0.113.9          | 200
                    {"allow": ["0.0.0.0/0"]}                             | 2001:db8::1          | 403
                    """)
    void theResolvedAddressOfTheClientDecides(String filter, String client, int status) {
        route("filtered", filter);

        assertThat(gateway.get("/filtered", "X-Forwarded-For", client).statusCode())
                .isEqualTo(status);
    }

    @Test
    void aRejectedRequestGetsAProblemAndReachesNoUpstream() {
        route("closed", "{\"allow\": [\"10.0.0.0/8\"]}");
        int before = upstream.requests().size();

        HttpResponse<String> refused = gateway.get("/closed", "X-Forwarded-For", "192.0.2.7");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.headers().firstValue("Proxy-Status").orElseThrow())
                .contains("error=http_request_denied", "forbidden");
        assertThat(refused.body())
                .contains("\"code\":\"forbidden\"", "ipFilter of this route rejects the client address 192.0.2.7");
        assertThat(upstream.requests()).hasSize(before);
    }

    @Test
    void theAddressOfTheConnectionDecidesWithoutAForwardedAddress() {
        route("local", "{\"allow\": [\"127.0.0.1\"]}");

        assertThat(gateway.get("/local").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/local", "X-Forwarded-For", "unknown").statusCode())
                .isEqualTo(200);
    }

    @Test
    void theDefaultsFilterEveryRouteWithoutAFilter() {
        route("own", "{\"allow\": [\"192.0.2.0/24\"]}");
        gateway.route("plain", "/plain", upstream.url());
        gateway.admin(
                "PUT", "/api/v1/defaults", "{\"ipFilter\": {\"deny\": [\"192.0.2.9\"], \"allow\": [\"10.0.0.0/8\"]}}");

        assertThat(gateway.get("/plain", "X-Forwarded-For", "192.0.2.1").statusCode())
                .isEqualTo(403);
        assertThat(gateway.get("/own", "X-Forwarded-For", "192.0.2.1").statusCode())
                .isEqualTo(200);
        assertThat(gateway.get("/own", "X-Forwarded-For", "192.0.2.9").statusCode())
                .isEqualTo(403);
        gateway.admin("PUT", "/api/v1/defaults", "{}");
    }

    private static void route(String id, String filter) {
        gateway.route(id, "/" + id, upstream.url(), ", \"ipFilter\": " + filter);
    }
}
