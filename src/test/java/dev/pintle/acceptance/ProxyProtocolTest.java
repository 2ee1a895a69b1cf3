package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.AccessLogLines;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestCertificate;
import dev.pintle.testing.TestDirectories;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PROXY header of a listed load balancer names the client. Others may not send one. */
class ProxyProtocolTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String V1 = "PROXY TCP4 203.0.113.7 192.0.2.1 56324 443\r\n";
    private static final String V1_IPV6 = "PROXY TCP6 2001:db8::7 2001:db8::1 56324 443\r\n";
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";

    /** 203.0.113.7 to 192.0.2.1, with one additional value. */
    private static final String V2 = SIGNATURE
            + "!\u0011\u0000\u0010\u00cb\u0000q\u0007\u00c0\u0000\u0002\u0001\u00dc\u0004\u0001\u00bb"
            + "\u00ea\u0000\u0001v";

    private static final String V2_LOCAL = SIGNATURE + " \u0000\u0000\u0000";
    private static final RawUpstream UPSTREAM = RawUpstream.that(RawUpstream.answers(200, "hello"));
    private static final String UNKNOWN_CLIENT = "127.0.0.1";
    private static final Duration DRIP = Duration.ofMillis(50);
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start(
                "server.applicationConnectors[0].proxyProtocol.from=127.0.0.1",
                "server.applicationConnectors[0].proxyProtocol.timeout=400ms",
                "server.headTimeout=1s",
                "server.maxConnectionsPerClient=2");
        gateway.route("x", "/x", UPSTREAM.url());
        gateway.route("filtered", "/filtered", UPSTREAM.url(), ", \"ipFilter\": {\"deny\": [\"203.0.113.0/24\"]}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    private static RawClient unlisted() throws IOException {
        return RawClient.to(gateway.port(), InetAddress.getByName("127.0.0.2"));
    }

    /** Returns the client address that the upstream receives. */
    private static String client(String header) {
        try (RawClient client = gateway.connect()) {
            assertThat(client.send(header + GET).until("hello")).startsWith("HTTP/1.1 200");
            return UPSTREAM.requests().getLast().field("X-Forwarded-For");
        }
    }

    @Test
    void theHeaderNamesTheClient() {
        assertThat(client(V1)).isEqualTo("203.0.113.7");
        assertThat(client(V1_IPV6)).isEqualTo("2001:db8::7");
        assertThat(client(V2)).isEqualTo("203.0.113.7");
        assertThat(UPSTREAM.requests().getLast().field("X-Forwarded-Port")).isEqualTo("80");
    }

    @Test
    void connectionsOfTheLoadBalancerItselfKeepItsAddress() {
        assertThat(client(V2_LOCAL)).isEqualTo(UNKNOWN_CLIENT);
        assertThat(client("PROXY UNKNOWN\r\n")).isEqualTo(UNKNOWN_CLIENT);
    }

    @Test
    void theHeaderMayArriveByteByByte() {
        try (RawClient client = gateway.connect()) {
            V1.chars().forEach(c -> client.send(Character.toString(c)));
            assertThat(client.send(GET).until("hello")).startsWith("HTTP/1.1 200");
            assertThat(client.send(GET).until("hello")).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                GET,
                RawHttp2Client.PREFACE,
                "PROXY TCP4 203.0.113.7 192.0.2.1 56324 443\n" + GET,
                "PROXY TCP4 203.0.113.7 192.0.2.1 99999 443\r\n" + GET,
                SIGNATURE + "!\u0011\u0000\u0004\u00cb\u0000q\u0007" + GET,
                SIGNATURE + "!\u0011\u00ff\u00ff",
            })
    void aListedPeerWithoutAValidHeaderIsDisconnected(String bytes) {
        int requests = UPSTREAM.requests().size();
        try (RawClient client = gateway.connect()) {
            assertThat(client.send(bytes).rest()).isEmpty();
        }
        assertThat(UPSTREAM.requests()).hasSize(requests);
    }

    @Test
    void aLineOfMoreThan107BytesIsDisconnectedBeforeItsEnd() {
        try (RawClient client = gateway.connect()) {
            assertThat(client.send("PROXY UNKNOWN " + "f".repeat(93)).rest()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, V2, V2_LOCAL, "PROXY UNKNOWN\r\n"})
    void aPeerThatIsNotListedMaySendNoHeader(String header) throws IOException {
        int requests = UPSTREAM.requests().size();
        try (RawClient client = unlisted()) {
            assertThat(client.send(header + GET).rest()).doesNotContain("hello").doesNotContain(" 200 ");
        }
        assertThat(UPSTREAM.requests()).hasSize(requests);
    }

    @Test
    void aPeerThatIsNotListedIsTheClient() throws IOException {
        try (RawClient client = unlisted()) {
            assertThat(client.send(GET).until("hello")).startsWith("HTTP/1.1 200");
            assertThat(UPSTREAM.requests().getLast().field("X-Forwarded-For")).isEqualTo("127.0.0.2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PROXY TCP4 203.0", SIGNATURE + "!\u0011\u0000\u000c"})
    void anIncompleteHeaderIsDisconnectedAfterItsTimeout(String begin) {
        try (RawClient client = gateway.connect()) {
            assertThat(client.send(begin).rest()).isEmpty();
        }
    }

    /** Each byte restarts no timeout. */
    @Test
    void aHeaderThatDripsIsDisconnectedAfterItsTimeout() {
        try (RawUpstream pace = RawUpstream.that(connection -> connection.sendSlowly("x".repeat(100), DRIP));
                RawClient due = RawClient.to(pace.port());
                RawClient client = gateway.connect()) {
            client.send(SIGNATURE + "!\u0011\u000f\u0000");
            while (!client.hasInput()) {
                assertThat(due.until("x")).as("the end of the connection").isEqualTo("x");
                client.sendIfOpen("\0");
            }
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void connectionsAreCountedPerClientOfTheHeader() {
        try (RawClient first = gateway.connect();
                RawClient second = gateway.connect();
                RawClient third = gateway.connect();
                RawClient other = gateway.connect()) {
            for (RawClient client : new RawClient[] {first, second}) {
                assertThat(client.send(V1 + GET).until("hello")).startsWith("HTTP/1.1 200");
            }
            assertThat(third.send(V1 + GET).rest()).isEmpty();
            assertThat(other.send(V1_IPV6 + GET).until("hello")).startsWith("HTTP/1.1 200");
        }
        await().untilAsserted(() -> assertThat(client(V1)).isEqualTo("203.0.113.7"));
    }

    @Test
    void policiesAndTheAccessLogUseTheClientOfTheHeader() {
        try (AccessLogLines log = AccessLogLines.record();
                RawClient client = gateway.connect();
                RawClient other = gateway.connect()) {
            String filtered = GET.replace("/x", "/filtered");
            assertThat(client.send(V1 + filtered).head()).startsWith("HTTP/1.1 403");
            assertThat(other.send(V1_IPV6 + filtered).until("hello")).startsWith("HTTP/1.1 200");
            await().untilAsserted(() -> assertThat(log.all())
                    .anyMatch(line -> line.contains("\"203.0.113.7\"") && line.contains("403"))
                    .anyMatch(line -> line.contains("\"2001:db8::7\"") && line.contains("200")));
        }
    }

    @Test
    void http2MayFollowTheHeader() {
        try (RawHttp2Client client = RawHttp2Client.silent(gateway.port())) {
            client.raw(V2 + RawHttp2Client.PREFACE)
                    .send(RawHttp2Client.SETTINGS, 0, 0, "")
                    .get(1, "/x");
            assertThat(client.answer(1).status()).isEqualTo(200);
            assertThat(UPSTREAM.requests().getLast().field("X-Forwarded-For")).isEqualTo("203.0.113.7");
        }
    }

    @Test
    void tlsMayFollowTheHeader() throws Exception {
        Path folder = TestDirectories.create("proxy-protocol-");
        TestCertificate certificate = TestCertificate.make("EC").writeTo(folder);
        try (TestGateway secure = TestGateway.start(
                "server.applicationConnectors[0].type=h2",
                "server.applicationConnectors[0].certificate=" + folder.resolve("tls.crt"),
                "server.applicationConnectors[0].key=" + folder.resolve("tls.key"),
                "server.applicationConnectors[0].proxyProtocol.from=127.0.0.1")) {
            secure.route("x", "/x", UPSTREAM.url());
            try (SSLSocket client = handshake(secure, certificate, "http/1.1")) {
                client.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 200");
                assertThat(UPSTREAM.requests().getLast().field("X-Forwarded-For"))
                        .isEqualTo("203.0.113.7");
            }
            try (SSLSocket client = handshake(secure, certificate, "h2")) {
                assertThat(client.getApplicationProtocol()).isEqualTo("h2");
            }
        }
    }

    /** Sends a header in clear text, and the handshake after it. */
    private static SSLSocket handshake(TestGateway secure, TestCertificate certificate, String protocol)
            throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), secure.port());
        socket.getOutputStream().write(V1.getBytes(StandardCharsets.US_ASCII));
        SSLSocket tls = (SSLSocket)
                certificate.trust().getSocketFactory().createSocket(socket, "localhost", secure.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    @Test
    void theLenientKeyOfTheLibraryIsRefused() {
        assertThatThrownBy(() -> TestGateway.start("server.applicationConnectors[0].useProxyProtocol=true")
                        .close())
                .rootCause()
                .hasMessageContaining("proxyProtocol.from");
    }
}
