package dev.pintle.acceptance;

import static dev.pintle.testing.WebSockets.CLIENT_GOING_AWAY;
import static dev.pintle.testing.WebSockets.GOING_AWAY;
import static dev.pintle.testing.WebSockets.accepts;
import static dev.pintle.testing.WebSockets.echoes;
import static dev.pintle.testing.WebSockets.frame;
import static dev.pintle.testing.WebSockets.handshake;
import static dev.pintle.testing.WebSockets.maskedFrame;
import static dev.pintle.testing.WebSockets.switching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets over HTTP/1.1, from the handshake to the end, over real sockets. */
class WebSocketTest {
    private static TestGateway gateway;
    private static RawUpstream upstream;
    private final CountDownLatch word = new CountDownLatch(1);

    @BeforeAll
    static void start() {
        upstream = RawUpstream.that(echoes());
        gateway = TestGateway.start();
        gateway.route("ws", "/ws", upstream.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @AfterEach
    void echoAgain() {
        word.countDown();
        behave(echoes());
    }

    /** Also on connections that the gateway keeps. */
    private static void behave(RawUpstream.Conduct conduct) {
        upstream.now(conduct);
        upstream.resetConnections();
    }

    @Test
    void bytesPassInBothDirectionsAfterTheHandshake() {
        try (RawClient client = open("/ws/chat?topic=1", "Origin: http://h\r\nSec-WebSocket-Protocol: chat\r\n")) {
            client.send(maskedFrame("hello"));

            assertThat(client.until("hello")).isEqualTo(maskedFrame("hello"));
        }
        RawUpstream.Request seen = upstream.requests().getLast();
        assertThat(seen.line()).isEqualTo("GET /ws/chat?topic=1 HTTP/1.1");
        assertThat(seen.fields())
                .containsEntry("connection", "Upgrade")
                .containsEntry("upgrade", "websocket")
                .containsEntry("sec-websocket-protocol", "chat")
                .containsEntry("origin", "http://h")
                .containsKeys("x-trace-id", "x-forwarded-for");
    }

    @Test
    void theClientSeesTheHandshakeOfTheUpstream() {
        behave(connection -> {
            RawUpstream.Request request = Objects.requireNonNull(connection.request());
            connection.write(
                    switching(
                            request,
                            "Sec-WebSocket-Protocol: v2\r\nSec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\nX-Mine: 1\r\n"));
            connection.linger();
        });
        try (RawClient client = gateway.connect()) {
            client.send(
                    handshake(
                            "/ws",
                            "Sec-WebSocket-Protocol: v1, v2\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"));

            assertThat(client.head())
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("\r\nUpgrade: websocket\r\n")
                    .containsIgnoringCase("\r\nConnection: Upgrade\r\n")
                    .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .contains("Sec-WebSocket-Protocol: v2")
                    .contains("permessage-deflate; server_no_context_takeover")
                    .contains("X-Mine: 1")
                    .containsIgnoringCase("X-Trace-ID: ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13",
                "GET|Sec-WebSocket-Version: 13",
                "GET|Sec-WebSocket-Key: c2hvcnQ=|Sec-WebSocket-Version: 13",
                "GET|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ|Sec-WebSocket-Version: 13",
                "GET|Sec-WebSocket-Key: ************************|Sec-WebSocket-Version: 13",
                "GET|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13",
                "GET|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "GET|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 8",
                "GET|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13|Content-Length: 2"
            })
    void anInvalidHandshakeIs400AndReachesNoUpstream(String lines) {
        int before = upstream.requests().size();
        try (RawClient client = gateway.connect()) {
            client.send(lines.substring(0, lines.indexOf('|')) + " /ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\n"
                    + lines.substring(lines.indexOf('|') + 1).replace("|", "\r\n") + "\r\n\r\n");

            assertThat(client.rest())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"code\":\"bad-request\"", "a WebSocket handshake must");
        }
        assertThat(upstream.requests()).hasSize(before);
    }

    @Test
    void anUnsupportedVersionIsAnsweredWithTheSupportedOne() {
        try (RawClient client = gateway.connect()) {
            client.send(handshake("/ws").replace("Version: 13", "Version: 7"));

            assertThat(client.head()).startsWith("HTTP/1.1 400 ").contains("Sec-WebSocket-Version: 13\r\n");
        }
    }

    @Test
    void anUpgradeThatConnectionDoesNotNameIs400() {
        try (RawClient client = gateway.connect()) {
            client.send(handshake("/ws").replace("Connection: Upgrade", "Connection: keep-alive"));

            assertThat(client.head()).contains(" 400 ");
        }
    }

    @Test
    void aHandshakeOverHttp10Is400() {
        try (RawClient client = gateway.connect()) {
            client.send(handshake("/ws").replace("HTTP/1.1", "HTTP/1.0"));

            assertThat(client.head()).contains(" 400 ");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Upgrade: h2c             | Connection: Upgrade
                    Upgrade: other/1, more/2 | Connection: Upgrade
                    """)
    void anyOtherUpgradeIsDropped(String upgrade, String connection) {
        behave(RawUpstream.answers(200, "plain"));
        try (RawClient client = gateway.connect()) {
            client.send("GET /ws HTTP/1.1\r\nHost: h\r\n" + upgrade + "\r\n" + connection + "\r\n\r\n");

            assertThat(client.until("plain")).startsWith("HTTP/1.1 200 ");
        }
        assertThat(upstream.requests().getLast().fields()).doesNotContainKeys("upgrade", "connection");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upgrade: h2c, WebSocket", "Upgrade: websocket\r\nUpgrade: h2c"})
    void ofTwoUpgradesWebSocketIsChosen(String upgrades) {
        try (RawClient client = gateway.connect()) {
            client.send(handshake("/ws").replace("Upgrade: websocket", upgrades));

            assertThat(client.head()).startsWith("HTTP/1.1 101 ");
        }
        assertThat(upstream.requests().getLast().fields()).containsEntry("upgrade", "websocket");
    }

    @Test
    void aRouteWithoutUpgradesAnswersAnOrdinaryResponse() {
        behave(RawUpstream.answers(426, "no"));
        gateway.route("off", "/off", upstream.url(), ", \"upgrade\": []");
        try (RawClient client = gateway.connect()) {
            client.send(handshake("/off"));

            assertThat(client.rest()).startsWith("HTTP/1.1 426 ");
        }
        assertThat(upstream.requests().getLast().fields()).doesNotContainKeys("upgrade", "connection");
    }

    @Test
    void anotherTokenIsNoUpgrade() {
        assertThat(gateway.admin("PUT", "/api/v1/routes/bad", """
                        {"match": {"path": "/bad"}, "upstream": {"targets": [{"url": "http://h:1"}]}, "upgrade": ["h2c"]}""").body())
                .contains("/upgrade/0", "must be one of websocket");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=|Upgrade: websocket|Connection: Upgrade",
                "Upgrade: websocket|Connection: Upgrade",
                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=|Upgrade: h2c|Connection: Upgrade",
                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Protocol: Chat",
                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Extensions: x-other",
                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=|Upgrade: websocket|Connection: Upgrade|Content-Length: 3"
            })
    void anInvalidHandshakeOfTheUpstreamIs502(String lines) {
        behave(connection -> {
            connection.request();
            connection.write(
                    "HTTP/1.1 101 Switching Protocols\r\n" + lines.replace("|", "\r\n") + "\r\n\r\n" + frame("evil"));
            connection.linger();
        });
        try (RawClient client = gateway.connect()) {
            client.send(handshake(
                    "/ws", "Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"));

            assertThat(client.rest())
                    .startsWith("HTTP/1.1 502 ")
                    .contains("\"code\":\"upstream-reset\"")
                    .doesNotContain("evil");
        }
    }

    @Test
    void aSwitchThatTheClientDidNotRequestIs502() {
        behave(connection -> {
            connection.request();
            connection.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
            connection.linger();
        });

        assertThat(gateway.get("/ws").statusCode()).isEqualTo(502);
    }

    @Test
    void anotherAnswerOfTheUpstreamIsAnOrdinaryResponseAndEndsTheConnection() {
        behave(RawUpstream.answers(403, "not you"));
        int before = upstream.requests().size();
        try (RawClient client = gateway.connect()) {
            client.send(handshake("/ws") + "GET /ws/smuggled HTTP/1.1\r\nHost: h\r\n\r\n");

            assertThat(client.rest())
                    .startsWith("HTTP/1.1 403 ")
                    .containsIgnoringCase("\r\nConnection: close\r\n")
                    .endsWith("not you");
        }
        assertThat(upstream.requests()).hasSize(before + 1);
    }

    @Test
    void framesThatArriveWithTheHandshakeReachTheUpstream() {
        try (RawClient client = gateway.connect()) {
            client.send(handshake("/ws") + maskedFrame("early"));
            client.head();

            assertThat(client.until("early")).isEqualTo(maskedFrame("early"));
        }
    }

    @Test
    void framesThatArriveWithTheAnswerReachTheClient() {
        behave(connection -> {
            RawUpstream.Request request = Objects.requireNonNull(connection.request());
            connection.write(switching(request, "") + frame("welcome"));
            connection.linger();
        });
        try (RawClient client = open("/ws", "")) {
            assertThat(client.until("welcome")).isEqualTo(frame("welcome"));
        }
    }

    @Test
    void aLargeFrameMayArriveByteByByte() {
        try (RawClient client = open("/ws", "")) {
            String head = "\u0082\u00ff\0\0\0\0\0\1\0\0\0\0\0\0";
            String frame = head + "x".repeat(65_535) + "!";
            for (int i = 0; i < frame.length(); i++) {
                client.send(frame.substring(i, i + 1));
            }

            assertThat(client.until("!")).isEqualTo(frame);
        }
    }

    @Test
    void theClientReceivesAllBytesBeforeTheEndOfTheUpstream() {
        String last = "y".repeat(200_000);
        behave(accepts(connection -> connection.write(last)));
        try (RawClient client = open("/ws", "")) {
            assertThat(client.rest()).isEqualTo(last);
            assertThat(client.wasReset()).isFalse();
        }
    }

    @Test
    void anUpstreamThatDiesInsideAFrameEndsTheConnectionOfTheClient() {
        behave(accepts(connection -> {
            connection.write("\u0081~\u0001\u0000half");
            connection.in().read();
            connection.reset();
        }));
        try (RawClient client = open("/ws", "")) {
            assertThat(client.until("half")).endsWith("half");
            client.send("x");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void theUpstreamMaySendAfterTheClientEndedItsOutput() {
        behave(accepts(connection -> {
            String received = connection.rest();
            connection.write("got " + received);
        }));
        try (RawClient client = open("/ws", "")) {
            client.send("all").finish();

            assertThat(client.rest()).isEqualTo("got all");
        }
    }

    @Test
    void theClientMaySendAfterTheUpstreamEndedItsOutput() {
        StringBuilder received = new StringBuilder();
        CountDownLatch done = new CountDownLatch(1);
        behave(connection -> {
            RawUpstream.Request request = Objects.requireNonNull(connection.request());
            connection.write(switching(request, "") + "bye");
            connection.finish();
            received.append(connection.rest());
            done.countDown();
        });
        try (RawClient client = open("/ws", "")) {
            assertThat(client.rest()).isEqualTo("bye");
            client.send("still here").finish();
            await().untilAsserted(() -> assertThat(done.getCount()).isZero());
        }
        assertThat(received).hasToString("still here");
    }

    @Test
    void aClientThatCutsItsConnectionCutsTheUpstream() {
        CountDownLatch gone = new CountDownLatch(1);
        behave(accepts(connection -> {
            connection.rest();
            gone.countDown();
        }));
        open("/ws", "").reset();

        await().untilAsserted(() -> assertThat(gone.getCount()).isZero());
    }

    @Test
    void aClientThatDoesNotReadStopsTheUpstreamAndEndsWithItsConnection() {
        CountDownLatch gone = new CountDownLatch(1);
        behave(accepts(connection -> {
            try {
                while (true) {
                    connection.write("z".repeat(100_000));
                }
            } finally {
                gone.countDown();
            }
        }));
        RawClient client = open("/ws", "");
        await().untilAsserted(
                        () -> assertThat(gateway.metric("gateway_tunnel_bytes_total{direction=\"out\",route=\"ws\"}"))
                                .isPositive());
        client.reset();

        await().untilAsserted(() -> assertThat(gone.getCount()).isZero());
    }

    @Test
    void aRetryMayPrecedeTheHandshake() {
        behave(connection -> {
            connection.request();
            upstream.now(echoes());
            connection.answer(503, "busy");
        });
        try (RawClient client = open("/ws", "")) {
            client.send("a!");
            assertThat(client.until("!")).isEqualTo("a!");
        }
    }

    @Test
    void invalidHandshakesOfTheUpstreamOpenTheCircuit() {
        behave(connection -> {
            while (connection.request() != null) {
                connection.write(
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
            }
        });
        gateway.route(
                "broken",
                "/broken",
                upstream.url(),
                ", \"retry\": {\"max\": 0}, \"circuitBreaker\": {\"consecutiveFailures\": 2}");
        for (int i = 0; i < 2; i++) {
            try (RawClient client = gateway.connect()) {
                assertThat(client.send(handshake("/broken")).head()).contains(" 502 ");
            }
        }
        try (RawClient client = gateway.connect()) {
            assertThat(client.send(handshake("/broken")).rest()).contains(" 503 ", "circuit-open");
        }
    }

    @Test
    void aTunnelTakesNoPermitOfConcurrencyAndCountsForMaxTunnels() {
        gateway.route("few", "/few", upstream.url(), ", \"concurrency\": {\"maxInFlight\": 1}, \"maxTunnels\": 2");
        try (RawClient one = open("/few", "");
                RawClient two = open("/few", "");
                RawClient three = gateway.connect()) {
            assertThat(three.send(handshake("/few")).rest())
                    .contains(" 503 ", "\"code\":\"overloaded\"", "maxTunnels of this route, 2, is reached");
            assertThat(two.hasInput()).isFalse();
            one.finish();
            one.rest();
        }
        await().untilAsserted(() -> {
            try (RawClient again = gateway.connect()) {
                assertThat(again.send(handshake("/few")).head()).contains(" 101 ");
            }
        });
    }

    @Test
    void theSilenceOfATunnelIsBounded() {
        behave(accepts(connection -> {
            connection.write(frame("hi"));
            connection.until(CLIENT_GOING_AWAY);
        }));
        gateway.route("quiet", "/quiet", upstream.url(), ", \"timeout\": {\"stream\": \"300ms\"}");
        try (RawClient client = open("/quiet", "")) {
            assertThat(client.until(GOING_AWAY)).isEqualTo(frame("hi") + GOING_AWAY);
            client.send(CLIENT_GOING_AWAY);
            assertThat(client.rest()).isEmpty();
        }
        await().untilAsserted(() -> assertThat(gateway.metric("gateway_tunnels_total{end=\"silence\",route=\"quiet\"}"))
                .isEqualTo(1));
    }

    @Test
    void noEditOfARouteCutsATunnelAndItsRemovalSendsGoingAwayAfterTheFrame() {
        behave(accepts(connection -> {
            connection.write("\u0081\u0004ha");
            connection.await(word);
            connection.write("lf" + frame("lost"));
            connection.rest();
        }));
        gateway.route("edited", "/edited", upstream.url());
        try (RawClient client = open("/edited", "")) {
            client.until("ha");
            for (int i = 1; i < 6; i++) {
                gateway.route("edited", "/edited", upstream.url(), ", \"maxTunnels\": " + i);
            }
            client.send("x");
            assertThat(client.hasInput()).isFalse();
            gateway.admin("DELETE", "/api/v1/routes/edited", "");
            word.countDown();

            assertThat(client.until(GOING_AWAY)).isEqualTo("lf" + GOING_AWAY);
            client.finish();
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void disablingARouteSendsGoingAway() {
        gateway.route("paused", "/paused", upstream.url());
        try (RawClient client = open("/paused", "")) {
            gateway.route("paused", "/paused", upstream.url(), ", \"enabled\": false");

            assertThat(client.until(GOING_AWAY)).isEqualTo(GOING_AWAY);
        }
    }

    @Test
    void aWebSocketClientTalksAndClosesInOrder() throws Exception {
        behave(accepts(connection -> {
            connection.bytes(2 + 4 + "hello".length());
            connection.write(frame("welcome"));
            connection.bytes(8);
            connection.write("\u0088\u0002\u0003\u00e8");
        }));
        CompletableFuture<String> text = new CompletableFuture<>();
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create(gateway.url().replace("http", "ws") + "/ws"), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                            text.complete(data.toString());
                            return WebSocket.Listener.super.onText(from, data, last);
                        }

                        @Override
                        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                            closed.complete(code);
                            return CompletableFuture.completedStage(null);
                        }
                    })
                    .get();
            socket.sendText("hello", true).get();
            assertThat(text.get()).isEqualTo("welcome");
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get();

            assertThat(closed.get()).isEqualTo(WebSocket.NORMAL_CLOSURE);
        }
    }

    @Test
    void metricsCountTunnelsAndTheirBytes() {
        gateway.route("counted", "/counted", upstream.url());
        try (RawClient client = open("/counted", "")) {
            client.send("12345");
            client.until("5");
            assertThat(gateway.metric("gateway_tunnels_open{route=\"counted\"}"))
                    .isEqualTo(1);
            assertThat(gateway.metric("gateway_requests_in_flight{route=\"counted\"}"))
                    .isZero();
            client.finish();
            client.rest();
        }
        await().untilAsserted(() -> {
            assertThat(gateway.metric("gateway_tunnels_open{route=\"counted\"}"))
                    .isZero();
            assertThat(gateway.metric("gateway_tunnels_total{end=\"client\",route=\"counted\"}"))
                    .isEqualTo(1);
        });
        assertThat(gateway.metric("gateway_tunnel_bytes_total{direction=\"in\",route=\"counted\"}"))
                .isEqualTo(5);
        assertThat(gateway.metric("gateway_tunnel_bytes_total{direction=\"out\",route=\"counted\"}"))
                .isEqualTo(5);
        assertThat(gateway.metric("gateway_requests_total{route=\"counted\",status=\"101\"}"))
                .isEqualTo(1);
    }

    private static RawClient open(String path, String further) {
        RawClient client = gateway.connect();
        client.send(handshake(path, further));
        assertThat(client.head()).startsWith("HTTP/1.1 101 ");
        return client;
    }
}
