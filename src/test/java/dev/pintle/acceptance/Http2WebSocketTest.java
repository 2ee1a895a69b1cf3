package dev.pintle.acceptance;

import static dev.pintle.testing.WebSockets.CLIENT_GOING_AWAY;
import static dev.pintle.testing.WebSockets.GOING_AWAY;
import static dev.pintle.testing.WebSockets.accepts;
import static dev.pintle.testing.WebSockets.echoes;
import static dev.pintle.testing.WebSockets.frame;
import static dev.pintle.testing.WebSockets.maskedFrame;
import static dev.pintle.testing.WebSockets.switching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.AccessLogLines;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawHttp2Windows;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** WebSockets over HTTP/2 (RFC 8441), frame by frame, to upstreams of HTTP/1.1. */
class Http2WebSocketTest {
    private static final int END_STREAM = RawHttp2Client.END_STREAM;
    private static TestGateway gateway;
    private static RawUpstream upstream;

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
        behave(echoes());
    }

    /** Also on connections that the gateway keeps. */
    private static void behave(RawUpstream.Conduct conduct) {
        upstream.now(conduct);
        upstream.resetConnections();
    }

    private static RawHttp2Client client() {
        return RawHttp2Client.to(gateway.port());
    }

    @Test
    void theGatewayOffersTheExtendedConnect() {
        try (RawHttp2Client client = client()) {
            // SETTINGS_ENABLE_CONNECT_PROTOCOL = 1
            assertThat(client.until(RawHttp2Client.SETTINGS).getLast().payload())
                    .contains("\0\b\0\0\0\u0001");
        }
    }

    @Test
    void bytesPassInBothDirectionsAfterTheHandshake() {
        behave(connection -> {
            RawUpstream.Request handshake = Objects.requireNonNull(connection.request());
            connection.write(switching(handshake, "Sec-WebSocket-Protocol: chat\r\nX-Mine: 1\r\n"));
            connection.in().transferTo(connection.out());
        });
        try (RawHttp2Client client = client()) {
            client.webSocket(1, "/ws/chat?topic=1", "sec-websocket-protocol", "chat", "origin", "http://h");
            client.data(1, 0, maskedFrame("early"));
            RawHttp2Client.Answer head = client.head(1);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.fields())
                    .containsEntry("sec-websocket-protocol", "chat")
                    .containsEntry("x-mine", "1")
                    .containsKey("x-trace-id")
                    .doesNotContainKeys("connection", "upgrade", "sec-websocket-accept");
            assertThat(client.content(1, "early")).isEqualTo(maskedFrame("early"));
            client.data(1, 0, maskedFrame("more"));
            assertThat(client.content(1, "more")).isEqualTo(maskedFrame("more"));
        }
        RawUpstream.Request seen = upstream.requests().getLast();
        assertThat(seen.line()).isEqualTo("GET /ws/chat?topic=1 HTTP/1.1");
        assertThat(seen.fields())
                .containsEntry("connection", "Upgrade")
                .containsEntry("upgrade", "websocket")
                .containsEntry("sec-websocket-version", "13")
                .containsEntry("origin", "http://h")
                .containsKeys("sec-websocket-key", "x-forwarded-for");
    }

    @Test
    void requestsAndOtherWebSocketsOfTheConnectionGoOn() {
        gateway.route("plain", "/plain", RawUpstreams.HELLO.url());
        try (RawHttp2Client client = client()) {
            client.webSocket(1, "/ws");
            assertThat(client.head(1).status()).isEqualTo(200);
            client.webSocket(3, "/ws");
            assertThat(client.head(3).status()).isEqualTo(200);
            client.data(3, 0, maskedFrame("three"));
            assertThat(client.content(3, "three")).isEqualTo(maskedFrame("three"));
            assertThat(client.get(5, "/plain").answer(5).body()).isEqualTo("hello");
            client.data(1, 0, maskedFrame("one"));
            assertThat(client.content(1, "one")).isEqualTo(maskedFrame("one"));
        }
    }

    /** An upstream that reads nothing must stop no other stream of the connection, neither its frames nor their windows. */
    @Test
    void aStuckUpstreamStopsOnlyItsOwnWebSocket() {
        CountDownLatch done = new CountDownLatch(1);
        gateway.route("plain", "/plain", RawUpstreams.HELLO.url());
        behave(accepts(connection -> connection.await(done)));
        try (RawHttp2Client client = client()) {
            RawHttp2Windows windows = RawHttp2Windows.of(client);
            client.webSocket(1, "/ws");
            assertThat(client.head(1).status()).isEqualTo(200);
            windows.exhaust(1);
            String body = "x".repeat(16_000);
            assertThat(windows.ofConnection()).isGreaterThan(body.length());
            client.request(3, 0, "POST", "/plain", "content-length", Integer.toString(body.length()))
                    .data(3, END_STREAM, body);
            assertThat(client.answer(3).body()).isEqualTo("hello");
        } finally {
            done.countDown();
        }
    }

    @Test
    void eitherSideMayEndItsOutputFirst() {
        behave(accepts(connection -> {
            connection.rest();
            connection.write(frame("afterwards"));
        }));
        try (RawHttp2Client client = client()) {
            client.webSocket(1, "/ws");
            assertThat(client.head(1).status()).isEqualTo(200);
            client.data(1, END_STREAM, "");
            assertThat(client.content(1, "afterwards")).isEqualTo(frame("afterwards"));
        }
        CompletableFuture<String> rest = new CompletableFuture<>();
        behave(accepts(connection -> {
            connection.finish();
            rest.complete(connection.rest());
        }));
        try (RawHttp2Client client = client()) {
            client.webSocket(1, "/ws");
            assertThat(client.head(1).status()).isEqualTo(200);
            assertThat(client.content(1, "the end")).isEmpty();
            client.data(1, END_STREAM, maskedFrame("afterwards"));
            assertThat(rest.join()).isEqualTo(maskedFrame("afterwards"));
        }
    }

    @Test
    void aResetOfTheClientCutsTheUpstream() {
        CompletableFuture<String> rest = new CompletableFuture<>();
        behave(accepts(connection -> rest.complete(connection.rest())));
        try (RawHttp2Client client = client()) {
            client.webSocket(1, "/ws");
            assertThat(client.head(1).status()).isEqualTo(200);
            client.send(RawHttp2Client.RST_STREAM, 0, 1, RawHttp2Client.number(8));
            assertThat(rest.join()).isEmpty();
        }
    }

    @Test
    void anInvalidHandshakeIs400AndOtherProtocolsAre501() {
        int before = upstream.requests().size();
        try (RawHttp2Client client = client()) {
            client.headers(
                    1,
                    0,
                    ":method",
                    "CONNECT",
                    ":protocol",
                    "websocket",
                    ":scheme",
                    "http",
                    ":authority",
                    "h",
                    ":path",
                    "/ws");
            assertThat(client.head(1).status()).isEqualTo(400);
            client.headers(
                    3,
                    0,
                    ":method",
                    "CONNECT",
                    ":protocol",
                    "connect-udp",
                    ":scheme",
                    "http",
                    ":authority",
                    "h",
                    ":path",
                    "/ws");
            assertThat(client.head(3).status()).isEqualTo(501);
        }
        assertThat(upstream.requests()).hasSize(before);
    }

    @Test
    void anUpstreamThatDoesNotSwitchIsNoOpenWebSocket() {
        behave(RawUpstream.answers(200, "hello"));
        try (RawHttp2Client client = client()) {
            client.webSocket(1, "/ws");
            assertThat(client.head(1).status()).isEqualTo(501);
        }
        behave(RawUpstream.answers(403, "no"));
        try (RawHttp2Client client = client()) {
            client.webSocket(1, "/ws");
            assertThat(client.head(1).status()).isEqualTo(403);
        }
    }

    @Test
    void aRouteWithoutUpgradesIsNoOpenWebSocket() {
        gateway.route("off", "/off", RawUpstreams.HELLO.url(), ", \"upgrade\": []");
        try (RawHttp2Client client = client()) {
            client.webSocket(1, "/off");
            assertThat(client.head(1).status()).isEqualTo(501);
        }
    }

    @Test
    void theAdminApiAndTheAccessLogKnowTheTunnelAndItsRemovalSendsGoingAway() {
        gateway.route("left", "/left", upstream.url(), ", \"maxTunnels\": 1");
        try (AccessLogLines log = AccessLogLines.record();
                RawHttp2Client client = client()) {
            client.webSocket(1, "/left");
            RawHttp2Client.Answer head = client.head(1);
            assertThat(head.status()).isEqualTo(200);
            client.webSocket(3, "/left");
            assertThat(client.head(3).status()).isEqualTo(503);
            // The client can have the head before the tunnel is open.
            await().untilAsserted(() -> assertThat(gateway.admin("GET", "/api/v1/tunnels?route=left", "")
                            .body())
                    .contains("\"route\":\"left\"", "\"client\":\"127.0.0.1\""));
            gateway.admin("DELETE", "/api/v1/routes/left", "");
            assertThat(client.content(1, GOING_AWAY)).isEqualTo(GOING_AWAY);
            client.data(1, END_STREAM, CLIENT_GOING_AWAY);
            assertThat(log.of(Objects.requireNonNull(head.fields().get("x-trace-id")))
                            .path("tunnelEnd")
                            .asText())
                    .isEqualTo("route");
        }
        await().until(() -> !gateway.admin("GET", "/api/v1/tunnels", "").body().contains("\"route\":\"left\""));
    }

    /** An upstream that is always the same. */
    private static final class RawUpstreams {
        static final RawUpstream HELLO = RawUpstream.that(RawUpstream.answers(200, "hello"));
    }
}
