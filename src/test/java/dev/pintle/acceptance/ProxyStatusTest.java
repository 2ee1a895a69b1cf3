package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TlsUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Proxy-Status} names the exact failure of an upstream in the words of RFC 9209. */
class ProxyStatusTest {
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
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | connection_terminated | upstream-reset",
                "HTTP/1.1 200 OK\\r\\nContent-Le | http_response_incomplete | upstream-reset",
                "hello\\r\\n\\r\\n | http_protocol_error | upstream-reset",
                "\\r\\n\\r\\n | http_protocol_error | upstream-reset",
                "HTTP/1.1 200 OK\\r\\nA : b\\r\\n\\r\\n | http_protocol_error | upstream-reset",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\na"
                        + " | http_protocol_error | upstream-reset",
                "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n"
                        + " | http_response_transfer_coding | upstream-reset",
                "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n5 | http_response_incomplete | upstream-reset"
            })
    void aBrokenResponseHasItsOwnWord(String response, String error, String code) {
        try (RawUpstream upstream = RawUpstream.that(connection -> {
            connection.request();
            connection.write(response.translateEscapes());
        })) {
            assertThat(proxyStatus(upstream.url())).contains("error=" + error + ";", "details=\"" + code + ',');
        }
    }

    @Test
    void aLargeHeadASilenceAndARefusalHaveTheirOwnWords() {
        try (RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "X-A: " + "a".repeat(70_000), "ok"))) {
            assertThat(proxyStatus(upstream.url())).contains("error=http_response_header_section_size;");
            upstream.now(RawUpstream.neverResponds());
            upstream.resetConnections();
            assertThat(proxyStatus(upstream.url())).contains("error=http_response_timeout;");
            upstream.shutDown();
            assertThat(proxyStatus(upstream.url())).contains("error=connection_refused;");
        }
    }

    @Test
    void aBlockedAddressHasItsOwnWord() {
        assertThat(proxyStatus("http://localhost:" + gateway.port())).contains("error=destination_ip_prohibited;");
    }

    @Test
    void tlsFailuresHaveTheirOwnWords() {
        try (TlsUpstream upstream = TlsUpstream.as("localhost");
                RawUpstream plain = RawUpstream.that(RawUpstream.answersGarbage())) {
            assertThat(proxyStatus(upstream.url())).contains("error=tls_certificate_error;");
            assertThat(proxyStatus(plain.url().replace("http:", "https:"))).contains("error=tls_protocol_error;");
        }
    }

    private static String proxyStatus(String target) {
        gateway.route("x", "/x", target, """
                , "retry": {"max": 0}, "timeout": {"attempt": "300ms"}""");
        return gateway.get("/x").headers().firstValue("Proxy-Status").orElseThrow();
    }
}
