package dev.pintle.acceptance;

import static dev.pintle.testing.RawHttp2Client.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.AccessLogLines;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestCertificate;
import dev.pintle.testing.TestDirectories;
import dev.pintle.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a client disconnects before its response, the gateway cancels its request everywhere. */
class DepartedClientsTest {
    private static final String PATIENT =
            ", \"timeout\": {\"connect\": \"1m\", \"attempt\": \"5m\", \"total\": \"5m\", \"idle\": \"5m\"}";
    private static TestGateway gateway;

    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    private final String trace = UUID.randomUUID().toString().replace("-", "");
    private final String get = "GET /x HTTP/1.1\r\nHost: h\r\nX-Trace-ID: " + trace + "\r\n\r\n";
    private final RawUpstream upstream = fixture.upstream(RawUpstream.neverResponds());
    private final AccessLogLines lines = AccessLogLines.record();

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void route() {
        gateway.route("x", "/x", upstream.url(), PATIENT);
    }

    @AfterEach
    void resetUpstream() {
        lines.close();
        gateway.admin("DELETE", "/api/v1/routes/x", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /x HTTP/1.1\r\nHost: h\r\n",
                "HEAD /x HTTP/1.1\r\nHost: h\r\n",
                "GET /x HTTP/1.0\r\nHost: h\r\n",
                "GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n",
                "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n",
                "POST /x HTTP/1.1\r\nHost: h\r\nBody: hello\r\nContent-Length: 5\r\n",
                "PUT /x HTTP/1.1\r\nHost: h\r\nBody: 5\\hello\\0\\\\\r\nTransfer-Encoding: chunked\r\n"
            })
    void aRequestEndsWithItsClientWhileTheUpstreamIsSilent(String head) {
        try (RawClient client = gateway.connect()) {
            client.send(head.replaceFirst("Body: .*\r\n", "") + "X-Trace-ID: " + trace + "\r\n\r\n" + body(head));
            await().until(() -> upstream.requests().size() == 1);
        }
        assertCanceled();
    }

    private static String body(String head) {
        int start = head.indexOf("Body: ");
        return start < 0
                ? ""
                : head.substring(start + 6, head.indexOf('\r', start)).replace("\\", "\r\n");
    }

    @Test
    void aResetIsDetectedLikeAClose() {
        RawClient client = gateway.connect().send(get);
        await().until(() -> upstream.requests().size() == 1);
        client.reset();
        assertCanceled();
    }

    @Test
    void aHalfClosedClientCountsAsDisconnectedWhileItWaits() {
        try (RawClient client = gateway.connect()) {
            client.send(get).finish();
            assertThat(client.rest()).isEmpty();
        }
        assertCanceled();
    }

    @Test
    void aHalfClosedClientGetsAnAvailableResponse() {
        upstream.now(RawUpstream.answers(200, "hello"));
        try (RawClient client = gateway.connect()) {
            assertThat(client.send(get).finish().rest()).endsWith("hello");
        }
    }

    @Test
    void theSecondRequestOfAConnectionIsMonitored() {
        upstream.now(connection -> {
            connection.request();
            connection.answer(200, "hello");
            connection.request();
            connection.linger();
        });
        try (RawClient client = gateway.connect()) {
            client.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n").until("hello");
            client.send(get);
            await().until(() -> upstream.requests().size() == 2);
        }
        assertCanceled();
    }

    @Test
    void aSilentStreamEndsWithItsClient() {
        upstream.now(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
            connection.linger();
        });
        try (RawClient client = gateway.connect()) {
            client.send(get).until("data: 1\n\n");
        }
        assertCanceled();
    }

    @Test
    void anUploadThatWaitsFor100ContinueEndsWithItsClient() {
        upstream.now(connection -> {
            connection.head();
            connection.linger();
        });
        try (RawClient client = gateway.connect()) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nX-Trace-ID: " + trace
                    + "\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            await().until(() -> upstream.open() == 1);
        }
        await().until(() -> upstream.open() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /x HTTP/1.1\r\n", "POST /x HTTP/1.1\r\nContent-Length: 5\r\n"})
    void aRequestEndsWithItsClientDuringTheUpstreamConnect(String head) throws IOException {
        try (FullListener deaf = new FullListener()) {
            gateway.route("x", "/x", deaf.url(), PATIENT);
            try (RawClient client = gateway.connect()) {
                client.send(head + "Host: h\r\nX-Trace-ID: " + trace + "\r\n\r\n");
                await().until(() -> inFlight() == 1);
            }
            assertCanceled();
        }
    }

    @Test
    void noRetryFollowsADisconnectDuringTheBackOff() {
        upstream.now(connection -> {
            connection.request();
            connection.answer(503, "Retry-After: 60", "busy");
        });
        try (RawClient client = gateway.connect()) {
            client.send(get);
            await().until(() -> upstream.requests().size() == 1);
        }
        assertCanceled();
    }

    @Test
    void noRetryFollowsAStreamResetDuringTheBackOff() {
        upstream.now(connection -> {
            connection.request();
            connection.answer(503, "Retry-After: 60", "busy");
        });
        try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
            client.get(1, "/x", "x-trace-id", trace);
            await().until(() -> upstream.requests().size() == 1);
            client.send(RST_STREAM, 0, 1, RawHttp2Client.number(8));
            assertCanceled();
        }
    }

    @Test
    void aPipelinedRequestIsAnswered() {
        CountDownLatch answer = new CountDownLatch(1);
        upstream.now(connection -> {
            connection.request();
            awaitUninterruptibly(answer);
            connection.answer(200, "first");
            connection.request();
            connection.answer(200, "second");
        });
        try (RawClient client = gateway.connect()) {
            client.send(get);
            await().until(() -> upstream.requests().size() == 1);
            client.send("GET /x?second HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            awaitClientChecks();
            answer.countDown();
            assertThat(client.rest()).contains("first").endsWith("second");
        }
    }

    @Test
    void aBodyThatArrivesDuringTheBackOffIsComplete() {
        upstream.now(connection -> {
            connection.head();
            connection.answer(503, "Retry-After: 2", "busy");
            upstream.now(RawUpstream.answers(200, "hello"));
        });
        String body = "0123456789".repeat(10_000);
        try (RawClient client = gateway.connect()) {
            client.send(
                    "PUT /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n");
            await().until(() ->
                    gateway.metric("gateway_upstream_attempts_total{outcome=\"answered\",route=\"x\"}") == 1);
            client.send(body);
            assertThat(client.rest()).contains("HTTP/1.1 200").endsWith("hello");
        }
        assertThat(upstream.requests().getLast().body()).isEqualTo(body);
    }

    @Test
    void aThousandDisconnectedClientsLeakNothing() {
        gateway.route("x", "/x", upstream.url(), PATIENT + ", \"concurrency\": {\"maxInFlight\": 1000}");
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            clients.add(gateway.connect().send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n"));
        }
        await().until(() -> upstream.requests().size() == 1_000);
        assertThat(gateway.get("/x").statusCode()).isEqualTo(503);
        clients.forEach(RawClient::close);
        await().until(() -> upstream.open() == 0);
        await().until(() -> gateway.metric("gateway_requests_total{route=\"x\",status=\"499\"}") == 1_000);
        assertThat(inFlight()).isZero();
        assertThat(gateway.get("/__limits").body()).contains("\"inUse\":0");
        assertThat(upstream.requests()).hasSize(1_000);
    }

    @Test
    void anHttpOnlyConnectorDetectsADisconnect() {
        try (TestGateway plain = TestGateway.start("server.applicationConnectors[0].type=http")) {
            plain.route("x", "/x", upstream.url(), PATIENT);
            try (RawClient client = plain.connect()) {
                client.send(get);
                await().until(() -> upstream.requests().size() == 1);
            }
            await().until(() -> upstream.open() == 0);
        }
    }

    /** One gateway serves both protocol versions. */
    @Nested
    class OverTls {
        private static final TestCertificate CERTIFICATE = TestCertificate.make("RSA");

        private static TestGateway secure;

        @BeforeAll
        static void start() {
            Path folder = TestDirectories.create("departed-");
            CERTIFICATE.writeTo(folder);
            secure = TestGateway.start(
                    "server.applicationConnectors[0].type=h2",
                    "server.applicationConnectors[0].certificate=" + folder.resolve("tls.crt"),
                    "server.applicationConnectors[0].key=" + folder.resolve("tls.key"));
        }

        @AfterAll
        static void stop() {
            secure.close();
        }

        @AfterEach
        void deleteRoute() {
            secure.admin("DELETE", "/api/v1/routes/x", "");
        }

        @ParameterizedTest
        @CsvSource({"TLSv1.2, true", "TLSv1.2, false", "TLSv1.3, true", "TLSv1.3, false"})
        void aDisconnectIsDetectedOverTls(String protocol, boolean closeNotify) throws Exception {
            try (Socket wire = new Socket(InetAddress.getLoopbackAddress(), secure.port());
                    SSLSocket client = (SSLSocket) CERTIFICATE
                            .trust()
                            .getSocketFactory()
                            .createSocket(wire, "localhost", wire.getPort(), true)) {
                secure.route("x", "/x", upstream.url(), PATIENT);
                client.setEnabledProtocols(new String[] {protocol});
                client.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
                await().until(() -> upstream.requests().size() == 1);
                (closeNotify ? client : wire).close();
                await().until(() -> upstream.open() == 0);
                await().until(() -> secure.admin("GET", "/__metrics", "")
                        .body()
                        .contains("gateway_requests_total{route=\"x\",status=\"499\"} 1"));
            }
        }

        @Test
        void aPipelinedRequestIsAnsweredOverTls() throws Exception {
            CountDownLatch answer = new CountDownLatch(1);
            upstream.now(connection -> {
                connection.request();
                awaitUninterruptibly(answer);
                connection.answer(200, "first");
                connection.request();
                connection.answer(200, "second");
            });
            try (Socket client = CERTIFICATE
                    .trust()
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), secure.port())) {
                secure.route("x", "/x", upstream.url(), PATIENT);
                client.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
                await().until(() -> upstream.requests().size() == 1);
                client.getOutputStream()
                        .write("GET /x?second HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                awaitClientChecks();
                answer.countDown();
                assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .contains("first")
                        .endsWith("second");
            }
        }
    }

    /** Checks that the upstream connection is closed, nothing is retried, and metrics and log name the client. */
    private void assertCanceled() {
        await().until(() -> gateway.metric("gateway_requests_total{route=\"x\",status=\"499\"}") == 1);
        assertThat(lines.of(trace).path("code").asText()).isEqualTo("client-gone");
        await().until(() -> upstream.open() == 0);
        assertThat(inFlight()).isZero();
        assertThat(gateway.metric("gateway_retries_total{reason=\"reset\",route=\"x\"}"))
                .isZero();
    }

    private static double inFlight() {
        return gateway.metric("gateway_requests_in_flight{route=\"x\"}");
    }

    /** Waits for a disconnect that happens now, so that the checks of earlier clients have run too. */
    private static void awaitClientChecks() {
        try (RawUpstream other = RawUpstream.that(RawUpstream.neverResponds())) {
            gateway.route("other", "/other", other.url(), PATIENT);
            try (RawClient client = gateway.connect()) {
                client.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n");
                await().until(() -> other.requests().size() == 1);
            }
            await().until(() -> other.open() == 0);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A listener with a full queue, which never accepts a connection. */
    private static final class FullListener implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> crowd = new ArrayList<>();

        FullListener() throws IOException {
            for (int i = 0; i < 2; i++) {
                crowd.add(new Socket(server.getInetAddress(), server.getLocalPort()));
            }
        }

        String url() {
            return "http://127.0.0.1:" + server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : crowd) {
                socket.close();
            }
            server.close();
        }
    }
}
