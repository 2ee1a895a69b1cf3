package dev.pintle.acceptance;

import static dev.pintle.testing.WebSockets.GOING_AWAY;
import static dev.pintle.testing.WebSockets.frame;
import static dev.pintle.testing.WebSockets.handshake;
import static dev.pintle.testing.WebSockets.maskedFrame;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.TestCertificate;
import dev.pintle.testing.TestCertificates;
import dev.pintle.testing.TestDirectories;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.WebSocketUpstream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** WebSockets over TLS, on both sides of the gateway. */
class SecureWebSocketTest {
    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    @Test
    void bytesPassOverTlsOnBothSidesAndTheEndIsInOrder() throws Exception {
        TestCertificate certificate = TestCertificate.make("EC");
        Path folder = TestDirectories.create("tls-");
        certificate.writeTo(folder);
        WebSocketUpstream upstream = fixture.keep(WebSocketUpstream.secure("localhost"));
        TestGateway gateway = fixture.keep(TestGateway.start(
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
        try (Socket client =
                certificate.trust().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), gateway.port())) {
            client.setSoTimeout(20_000);
            write(client, handshake("/ws") + maskedFrame("early"));
            InputStream in = client.getInputStream();
            assertThat(until(in, "\r\n\r\n")).startsWith("HTTP/1.1 101 ");
            assertThat(until(in, "early")).isEqualTo(frame("early"));
            write(client, maskedFrame("again"));
            assertThat(until(in, "again")).isEqualTo(frame("again"));

            gateway.admin("DELETE", "/api/v1/tunnels", "");
            assertThat(until(in, GOING_AWAY)).isEqualTo(GOING_AWAY);
            write(client, "\u0088\u0082\0\0\0\0\u0003\u00e9");
            assertThat(in.read()).isNegative();
        }
    }

    private static void write(Socket socket, String text) throws Exception {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String until(InputStream in, String end) throws Exception {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int value = in.read();
            assertThat(value).as("the end of the connection after %s", read).isNotNegative();
            read.append((char) value);
        }
        return read.toString();
    }
}
