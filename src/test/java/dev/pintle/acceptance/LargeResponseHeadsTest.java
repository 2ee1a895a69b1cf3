package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Upstreams may send large heads, up to a configurable limit. */
class LargeResponseHeadsTest {
    private static final String REQUEST = "GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

    private static TestGateway gateway;

    private RawUpstream upstream;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    /** Routes to an upstream that sends this many headers with this many bytes of names and values. */
    private void route(TestGateway from, int headers, int bytes) {
        String header = "X-Large: " + "x".repeat(bytes - "X-Large".length()) + "\r\n";
        upstream = RawUpstream.that(connection -> {
            while (connection.request() != null) {
                connection.write("HTTP/1.1 200 OK\r\n" + header.repeat(headers) + "Content-Length: 2\r\n\r\nok");
            }
        });
        from.route("x", "/x", upstream.url(), ", \"circuitBreaker\": {\"consecutiveFailures\": 1}");
    }

    @ParameterizedTest
    @CsvSource({"100, 300", "200, 300", "1, 33000", "1, 65000", "900, 70"})
    void headsBelowTheDefaultLimitPass(int headers, int bytes) {
        route(gateway, headers, bytes);
        assertThat(overHttp1(gateway)).startsWith("HTTP/1.1 200").endsWith("ok");
        RawHttp2Client.Answer answer = overHttp2(gateway);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok");
    }

    @ParameterizedTest
    @CsvSource({"1, 66000", "220, 300", "1000, 10", "100000, 10", "60, 60000"})
    void headsAboveTheDefaultLimitAre502WithoutARetryOrAFailure(int headers, int bytes) {
        route(gateway, headers, bytes);
        assertThat(overHttp1(gateway))
                .startsWith("HTTP/1.1 502")
                .contains("\"upstream-reset\"")
                .contains("upstreamMaxResponseHeaderSize");
        assertThat(upstream.requests()).hasSize(1);
        assertThat(gateway.metric("gateway_circuit_open{route=\"x\",target=\"" + upstream.url() + "\"}"))
                .isZero();
    }

    @Test
    void theLimitIsSetInTheConfiguration() {
        try (TestGateway larger = TestGateway.start("upstreamMaxResponseHeaderSize=192KiB")) {
            route(larger, 19, 10_000);
            assertThat(overHttp1(larger)).startsWith("HTTP/1.1 200").endsWith("ok");
            assertThat(overHttp2(larger).status()).isEqualTo(200);
        }
    }

    private static String overHttp1(TestGateway from) {
        try (RawClient client = from.connect()) {
            return client.send(REQUEST).rest();
        }
    }

    private static RawHttp2Client.Answer overHttp2(TestGateway from) {
        try (RawHttp2Client client = RawHttp2Client.to(from.port())) {
            return client.get(1, "/x").answer(1);
        }
    }
}
