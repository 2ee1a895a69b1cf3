package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestCertificate;
import dev.pintle.testing.TestDirectories;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A slow or missing TLS handshake holds no connection for long. */
class TlsHandshakeTimeoutTest {
    private static final TestCertificate CERTIFICATE = TestCertificate.make("EC");
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        Path folder = TestDirectories.create("tls-");
        CERTIFICATE.writeTo(folder);
        gateway = TestGateway.start(
                "server.headTimeout=2s",
                "server.applicationConnectors[0].type=h2",
                "server.applicationConnectors[0].certificate=" + folder.resolve("tls.crt"),
                "server.applicationConnectors[0].key=" + folder.resolve("tls.key"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Sends a record of 512 bytes with a hello of 508 bytes, which takes 25 s to arrive. */
    @Test
    void aSlowHandshakeIsCutOff() {
        try (RawUpstream pace = RawUpstream.that(
                        connection -> connection.sendSlowly("x".repeat(1_000), Duration.ofMillis(50)));
                RawClient due = RawClient.to(pace.port());
                RawClient client = gateway.connect()) {
            client.send("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc");
            int sent = 0;
            try {
                while (!client.hasInput() && sent++ < 500) {
                    due.until("x");
                    client.send("\u0003");
                }
            } catch (UncheckedIOException e) {
                // Already closed when the byte arrived.
            }
            assertThat(sent).isLessThan(500);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aConnectionWithoutAHandshakeIsClosed() {
        try (RawClient client = gateway.connect()) {
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void anIdleConnectionAfterTheHandshakeStaysOpen() throws IOException {
        try (RawClient silent = gateway.connect();
                SSLSocket socket = (SSLSocket) CERTIFICATE
                        .trust()
                        .getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.startHandshake();
            assertThat(silent.rest()).isEmpty();
            try (RawClient later = gateway.connect()) {
                assertThat(later.rest()).isEmpty();
            }
            socket.getOutputStream()
                    .write("GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 404");
        }
    }
}
