package dev.pintle.acceptance;

import static dev.pintle.testing.WebSockets.CLIENT_GOING_AWAY;
import static dev.pintle.testing.WebSockets.GOING_AWAY;
import static dev.pintle.testing.WebSockets.frame;
import static dev.pintle.testing.WebSockets.handshake;
import static dev.pintle.testing.WebSockets.maskedFrame;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.TestCertificate;
import dev.pintle.testing.TestCertificates;
import dev.pintle.testing.TestDirectories;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.WebSocketUpstream;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** WebSockets over TLS, on both sides of the gateway. */
class SecureWebSocketTest {
    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    private final TestCertificate certificate = TestCertificate.make("EC");
    private TestGateway gateway;

    @BeforeEach
    void start() {
        Path folder = TestDirectories.create("tls-");
        certificate.writeTo(folder);
        WebSocketUpstream upstream = fixture.keep(WebSocketUpstream.secure("localhost"));
        gateway = fixture.keep(TestGateway.start(
                "server.applicationConnectors[0].type=h2",
                "server.applicationConnectors[0].certificate=" + folder.resolve("tls.crt"),
                "server.applicationConnectors[0].key=" + folder.resolve("tls.key")));
        String tls = JsonNodeFactory.instance
                .objectNode()
                .put("caBundle", TestCertificates.certificate("ca"))
                .toString();
        gateway.admin(
                "PUT",
                "/api/v1/routes/ws",
                "{\"match\": {\"path\": \"/ws\"}, \"upstream\": {\"targets\": [{\"url\": \"" + upstream.url()
                        + "\"}], \"tls\": " + tls + "}}");
    }

    @Test
    void bytesPassOverTlsOnBothSidesAndTheEndIsInOrder() {
        try (RawClient client = RawClient.tls(gateway.port(), certificate.trust(), "http/1.1")) {
            client.send(handshake("/ws") + maskedFrame("early"));
            assertThat(client.head()).startsWith("HTTP/1.1 101 ");
            assertThat(client.until("early")).isEqualTo(frame("early"));
            client.send(maskedFrame("again"));
            assertThat(client.until("again")).isEqualTo(frame("again"));

            gateway.admin("DELETE", "/api/v1/tunnels", "");
            assertThat(client.until(GOING_AWAY)).isEqualTo(GOING_AWAY);
            client.send(CLIENT_GOING_AWAY);
            assertThat(client.rest()).isEmpty();
            assertThat(client.wasReset()).isFalse();
        }
    }

    @Test
    void webSocketsOverHttp2AndTlsEndInOrderWhenTheNodeStops() throws Exception {
        Thread stopping;
        try (RawHttp2Client client = RawHttp2Client.tls(gateway.port(), certificate.trust())) {
            assertThat(client.webSocket(1, "/ws").head(1).status()).isEqualTo(200);
            client.data(1, 0, maskedFrame("hello"));
            assertThat(client.content(1, "hello")).isEqualTo(frame("hello"));

            stopping = Thread.ofVirtual().start(gateway::stop);
            assertThat(client.content(1, GOING_AWAY)).isEqualTo(GOING_AWAY);
            client.data(1, RawHttp2Client.END_STREAM, CLIENT_GOING_AWAY);
            assertThat(client.answer(1).error()).isEqualTo(-1);
        }
        stopping.join();
    }
}
