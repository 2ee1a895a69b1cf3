package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Upstreams may send large heads, up to a configurable limit. */
class LargeResponseHeadsTest {
    private static final String REQUEST = "GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

    private TestGateway gateway;
    private RawUpstream upstream;

    @AfterEach
    void close() {
        gateway.close();
        upstream.close();
    }

    /** Starts a gateway with an upstream that sends this many headers with this many bytes of names and values. */
    private void start(int headers, int bytes, String... configuration) {
        String header = "X-Large: " + "x".repeat(bytes - "X-Large".length()) + "\r\n";
        upstream = RawUpstream.that(connection -> {
            while (connection.request() != null) {
                connection.write("HTTP/1.1 200 OK\r\n" + header.repeat(headers) + "Content-Length: 2\r\n\r\nok");
            }
        });
        gateway = TestGateway.start(configuration);
        gateway.route("x", "/x", upstream.url(), ", \"circuitBreaker\": {\"consecutiveFailures\": 1}");
    }

    @ParameterizedTest
    @CsvSource({"100, 300", "200, 300", "1, 33000", "1, 65000", "900, 70"})
    void headsBelowTheDefaultLimitPass(int headers, int bytes) {
        start(headers, bytes);
        assertThat(overHttp1()).startsWith("HTTP/1.1 200").endsWith("ok");
        assertThat(overHttp2().status()).isEqualTo(200);
        assertThat(overHttp2().body()).isEqualTo("ok");
    }

    @ParameterizedTest
    @CsvSource({"1, 66000", "220, 300", "1000, 10", "100000, 10", "60, 60000"})
    void headsAboveTheDefaultLimitAre502WithoutARetryOrAFailure(int headers, int bytes) {
        start(headers, bytes);
        assertThat(overHttp1())
                .startsWith("HTTP/1.1 502")
                .contains("\"upstream-reset\"")
                .contains("upstreamMaxResponseHeaderSize");
        assertThat(upstream.requests()).hasSize(1);
        assertThat(gateway.metric("gateway_circuit_open{route=\"x\",target=\"" + upstream.url() + "\"}"))
                .isZero();
    }

    @Test
    void theLimitIsSetInTheConfiguration() {
        start(19, 10_000, "upstreamMaxResponseHeaderSize=192KiB");
        assertThat(overHttp1()).startsWith("HTTP/1.1 200").endsWith("ok");
        assertThat(overHttp2().status()).isEqualTo(200);
    }

    private String overHttp1() {
        try (RawClient client = gateway.connect()) {
            return client.send(REQUEST).rest();
        }
    }

    private RawHttp2Client.Answer overHttp2() {
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            return client.get(1, "/x").answer(1);
        }
    }
}
