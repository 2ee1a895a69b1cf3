package dev.pintle.acceptance;

import static dev.pintle.testing.WebSockets.CLIENT_GOING_AWAY;
import static dev.pintle.testing.WebSockets.GOING_AWAY;
import static dev.pintle.testing.WebSockets.echoes;
import static dev.pintle.testing.WebSockets.handshake;
import static dev.pintle.testing.WebSockets.maskedFrame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Only {@code timeout.stream} bounds the silence of a WebSocket, over both protocols. */
class TunnelTimeoutsTest {
    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    private final TestGateway gateway =
            fixture.keep(TestGateway.start("server.applicationConnectors[0].idleTimeout=300ms"));

    @Test
    void theIdleTimeoutsOfTheRouteAndOfTheConnectionDoNotEndIt() {
        String upstream = fixture.upstream(echoes()).url();
        gateway.route("long", "/long", upstream, ", \"timeout\": {\"idle\": \"100ms\", \"stream\": \"5m\"}");
        gateway.route("short", "/short", upstream, ", \"timeout\": {\"idle\": \"100ms\", \"stream\": \"1s\"}");
        RawClient http1 = http1("/long");
        RawHttp2Client http2 = http2("/long");
        RawClient silent1 = http1("/short");
        RawHttp2Client silent2 = http2("/short");

        assertThat(silent1.until(GOING_AWAY)).isEqualTo(GOING_AWAY);
        assertThat(silent2.content(1, GOING_AWAY)).isEqualTo(GOING_AWAY);
        silent1.send(CLIENT_GOING_AWAY).finish();
        silent2.data(1, RawHttp2Client.END_STREAM, CLIENT_GOING_AWAY);
        assertThat(silent1.rest()).isEmpty();
        assertThat(silent2.answer(1).error()).isEqualTo(-1);
        await().untilAsserted(() -> assertThat(gateway.metric("gateway_tunnels_total{end=\"silence\",route=\"short\"}"))
                .isEqualTo(2));
        assertThat(http1.send(maskedFrame("still here")).until("here")).isEqualTo(maskedFrame("still here"));
        http2.data(1, 0, maskedFrame("still here"));
        assertThat(http2.content(1, "here")).isEqualTo(maskedFrame("still here"));
    }

    private RawClient http1(String path) {
        RawClient client = fixture.keep(gateway.connect()).send(handshake(path));
        assertThat(client.head()).startsWith("HTTP/1.1 101 ");
        return client;
    }

    private RawHttp2Client http2(String path) {
        RawHttp2Client client = fixture.keep(RawHttp2Client.to(gateway.port()));
        assertThat(client.webSocket(1, path).head(1).status()).isEqualTo(200);
        return client;
    }
}
