package dev.pintle.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.TestCertificates;
import dev.pintle.testing.TestPostgres;
import dev.pintle.testing.TruncatingTlsUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A body that ends with its TLS connection is complete only after close_notify (RFC 9112 section 9.8). The gateway has its
 * own process, because a JVM decides this once, before its first TLS connection.
 */
class TlsTruncationTest {
    private static final String REQUEST = "GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

    private static GatewayProcess gateway;

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = GatewayProcess.start(
                GatewayProcess.shortLived("256m"),
                folder,
                Map.of("DATABASE_URL", TestPostgres.migratedDatabase().url()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void aTlsConnectionThatEndsWithoutCloseNotifyCutsTheBody() throws IOException {
        try (TruncatingTlsUpstream upstream =
                TruncatingTlsUpstream.that("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello")) {
            route(upstream.url());
            assertThat(response()).contains("5\r\nhello").doesNotEndWith("0\r\n\r\n");
            upstream.sendsCloseNotify(true);
            assertThat(response()).endsWith("5\r\nhello\r\n0\r\n\r\n");
        }
    }

    @Test
    void aConnectionThatEndsBeforeTheHeadIsAReset() throws IOException {
        try (TruncatingTlsUpstream upstream = TruncatingTlsUpstream.that("")) {
            route(upstream.url());
            assertThat(response()).contains("error=connection_terminated;", "closed the connection without an answer");
        }
    }

    @Test
    void aBodyOfKnownLengthNeedsNoCloseNotify() throws IOException {
        try (TruncatingTlsUpstream upstream =
                TruncatingTlsUpstream.that("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")) {
            route(upstream.url());
            for (int i = 0; i < 3; i++) {
                assertThat(response()).endsWith("\r\n\r\nhello");
            }
        }
    }

    private static String response() {
        try (RawClient client = gateway.connect()) {
            return client.send(REQUEST).rest();
        }
    }

    private static void route(String target) {
        String route = """
            {"match": {"path": "/x"}, "upstream": {"targets": [{"url": "%s"}], "tls": {"caBundle": %s}}}\
            """.formatted(target, TextNode.valueOf(TestCertificates.certificate("ca")));
        assertThat(gateway.admin("PUT", "/api/v1/routes/x", route).statusCode()).isBetween(200, 201);
    }
}
