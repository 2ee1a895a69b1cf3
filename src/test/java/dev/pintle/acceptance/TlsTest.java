package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestCertificate;
import dev.pintle.testing.TestDirectories;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway serves TLS, and activates a new certificate without a restart. */
class TlsTest {
    private static final String HSTS = "Strict-Transport-Security";
    private static final Path FOLDER = TestDirectories.create("tls-");
    private static final TestCertificate FIRST = TestCertificate.make("RSA");
    private static final RawUpstream UPSTREAM = RawUpstream.that(RawUpstream.answers(200, "hello"));
    private static final RawUpstream SECURE_UPSTREAM = RawUpstream.that(connection -> {
        while (connection.request() != null) {
            connection.write("HTTP/1.1 204 No Content\r\n" + HSTS + ": max-age=1; includeSubDomains\r\n\r\n");
        }
    });
    private static final RawUpstream CUTTING_UPSTREAM = RawUpstream.that(connection -> {
        connection.request();
        connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    });
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        FIRST.writeTo(FOLDER);
        gateway = start(FOLDER);
        gateway.route("x", "/x", UPSTREAM.url());
        gateway.route("cut", "/cut", CUTTING_UPSTREAM.url());
        gateway.route("says-so-itself", "/says-so-itself", SECURE_UPSTREAM.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
        SECURE_UPSTREAM.close();
        CUTTING_UPSTREAM.close();
    }

    private static TestGateway start(Path folder, String... further) {
        return TestGateway.start(Stream.concat(
                        Stream.of(
                                "server.applicationConnectors[0].type=h2",
                                "server.applicationConnectors[0].certificate=" + folder.resolve("tls.crt"),
                                "server.applicationConnectors[0].key=" + folder.resolve("tls.key"),
                                "server.applicationConnectors[0].reloadInterval=50ms"),
                        Stream.of(further))
                .toArray(String[]::new));
    }

    private static HttpResponse<String> get(TestGateway gateway, HttpClient.Version version, String path)
            throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(FIRST.trust()).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port() + path))
                            .version(version)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static SSLSocket handshake(TestGateway gateway, TestCertificate trusted, String... protocols)
            throws IOException {
        SSLSocket socket = (SSLSocket)
                trusted.trust().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), gateway.port());
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        try {
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Certificate servedCertificate(TestGateway gateway, TestCertificate trusted) throws IOException {
        try (SSLSocket socket = handshake(gateway, trusted)) {
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void aTruncatedResponseEndsWithoutCloseNotify() throws Exception {
        try (SSLSocket client = handshake(gateway, FIRST)) {
            client.getOutputStream().write("GET /cut HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> client.getInputStream().readAllBytes())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpClient.Version.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void theClientSelectsTheHttpVersion(HttpClient.Version version) throws Exception {
        HttpResponse<String> response = get(gateway, version, "/x");
        assertThat(response.version()).isEqualTo(version);
        assertThat(response.body()).isEqualTo("hello");
        assertThat(UPSTREAM.requests().getLast().fields())
                .containsEntry("x-forwarded-proto", "https")
                .containsEntry("x-forwarded-port", Integer.toString(gateway.port()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void onlySuitesWithForwardSecrecyAreAccepted(String protocol) throws Exception {
        try (SSLSocket socket = handshake(gateway, FIRST, protocol)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            assertThat(socket.getSession().getCipherSuite())
                    .matches("TLS_(ECDHE_RSA_WITH_)?(AES|CHACHA20).*(GCM|POLY1305).*");
        }
    }

    @Test
    void responsesHaveOneStrictTransportSecurityHeaderWhenConfigured() throws Exception {
        assertThat(transportSecurity(gateway, "/x")).isEmpty();
        assertThat(transportSecurity(gateway, "/says-so-itself")).containsExactly("max-age=1; includeSubDomains");
        try (TestGateway strict = start(FOLDER, "server.applicationConnectors[0].hsts=365 days")) {
            strict.route("x", "/x", UPSTREAM.url());
            strict.route("says-so-itself", "/says-so-itself", SECURE_UPSTREAM.url());
            assertThat(transportSecurity(strict, "/x")).containsExactly("max-age=31536000");
            assertThat(transportSecurity(strict, "/nowhere")).containsExactly("max-age=31536000");
            assertThat(transportSecurity(strict, "/says-so-itself")).containsExactly("max-age=1; includeSubDomains");
        }
    }

    /** Returns the header in the responses of both HTTP versions. */
    private static List<String> transportSecurity(TestGateway gateway, String path) throws Exception {
        List<String> values =
                get(gateway, HttpClient.Version.HTTP_1_1, path).headers().allValues(HSTS);
        assertThat(get(gateway, HttpClient.Version.HTTP_2, path).headers().allValues(HSTS))
                .isEqualTo(values);
        return values;
    }

    @Test
    void suitesWithoutForwardSecrecyAreRejected() {
        assertThatThrownBy(() -> {
                    try (SSLSocket socket = (SSLSocket) FIRST.trust()
                            .getSocketFactory()
                            .createSocket(InetAddress.getLoopbackAddress(), gateway.port())) {
                        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                        socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"});
                        socket.startHandshake();
                    }
                })
                .isInstanceOf(SSLException.class);
    }

    @Test
    void aNewCertificateIsActivatedWithoutARestartUnlessItIsInvalid() throws Exception {
        Path folder = TestDirectories.create("tls-");
        TestCertificate old = TestCertificate.make("EC").writeTo(folder);
        TestCertificate next = TestCertificate.make("Ed25519");
        try (TestGateway renewed = start(folder)) {
            assertThat(servedCertificate(renewed, old)).isEqualTo(old.x509());
            // Half of a renewal: the new certificate with the old key.
            Files.writeString(folder.resolve("tls.crt"), next.certificate());
            await().during(Duration.ofMillis(300))
                    .until(() -> servedCertificate(renewed, old).equals(old.x509()));
            Files.writeString(folder.resolve("tls.key"), "garbage");
            assertThat(servedCertificate(renewed, old)).isEqualTo(old.x509());
            next.writeTo(folder);
            await().ignoreExceptionsInstanceOf(SSLException.class)
                    .until(() -> servedCertificate(renewed, next).equals(next.x509()));
        }
    }

    @Test
    void theServerDoesNotStartWithoutACertificate() {
        assertThatThrownBy(() -> start(TestDirectories.create("tls-")))
                .hasStackTraceContaining("Cannot load the TLS certificate")
                .hasStackTraceContaining("tls.crt does not exist");
    }
}
