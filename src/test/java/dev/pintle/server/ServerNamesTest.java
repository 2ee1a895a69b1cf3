package dev.pintle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.testing.TestCertificate;
import dev.pintle.testing.TestDirectories;
import io.dropwizard.jackson.Jackson;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connector with several certificates shows the one that the client asks for. */
class ServerNamesTest {
    private static final ObjectMapper JSON = Jackson.newObjectMapper();

    private final Server server = new Server();

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void theServerNameSelectsTheCertificateAndAnUnknownNameGetsTheFirst() throws Exception {
        Path folder = TestDirectories.create("tls-");
        X509Certificate one = write(folder, 0, "RSA", "one.test");
        X509Certificate two = write(folder, 1, "EC", "two.test");
        X509Certificate wild = write(folder, 2, "EC", "*.wild.test");
        int port = start(settings(folder, 3));

        assertThat(shown(port, "one.test")).isEqualTo(one);
        assertThat(shown(port, "TWO.test")).isEqualTo(two);
        assertThat(shown(port, "any.wild.test")).isEqualTo(wild);
        assertThat(shown(port, "unknown.test")).isEqualTo(one);
        assertThat(shown(port, null)).isEqualTo(one);

        X509Certificate renewed = write(folder, 1, "EC", "two.test");
        await().untilAsserted(() -> assertThat(shown(port, "two.test")).isEqualTo(renewed));
        assertThat(shown(port, "one.test")).isEqualTo(one);
        Files.writeString(folder.resolve("1/tls.key"), "broken");
        X509Certificate other = write(folder, 0, "RSA", "one.test");
        assertThat(shown(port, "one.test")).isNotEqualTo(other);
        assertThat(shown(port, "two.test")).isEqualTo(renewed);
    }

    @Test
    void aConnectorHasOneCertificateOrAList() {
        Path folder = TestDirectories.create("tls-");
        write(folder, 0, "EC", "one.test");

        ObjectNode settings =
                settings(folder, 1).put("key", folder.resolve("0/tls.key").toString());

        assertThatThrownBy(() -> start(settings)).hasMessageContaining("either certificate and key, or certificates");
    }

    private static ObjectNode settings(Path folder, int certificates) {
        ObjectNode settings = JSON.createObjectNode()
                .put("type", "h2")
                .put("port", 0)
                .put("bindHost", "127.0.0.1")
                .put("reloadInterval", "50ms");
        ArrayNode list = settings.putArray("certificates");
        for (int i = 0; i < certificates; i++) {
            list.addObject()
                    .put("certificate", folder.resolve(i + "/tls.crt").toString())
                    .put("key", folder.resolve(i + "/tls.key").toString());
        }
        return settings;
    }

    /** The port of a server with a connector of these settings, as config.yml would have them. */
    private int start(ObjectNode settings) throws Exception {
        Connector connector = JSON.treeToValue(settings, TlsConnectorFactory.class)
                .build(server, new MetricRegistry(), "application", null);
        server.addConnector(connector);
        server.start();
        return ((ServerConnector) connector).getLocalPort();
    }

    private static X509Certificate write(Path folder, int number, String algorithm, String name) {
        try {
            Path own = Files.createDirectories(folder.resolve(Integer.toString(number)));
            return TestCertificate.of(algorithm, name).writeTo(own).x509();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Certificate shown(int port, @Nullable String name) throws Exception {
        SSLContext anything = SSLContext.getInstance("TLS");
        anything.init(null, new TrustManager[] {new TrustAll()}, null);
        try (SSLSocket socket =
                (SSLSocket) anything.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            SSLParameters parameters = socket.getSSLParameters();
            if (name != null) {
                parameters.setServerNames(List.of(new SNIHostName(name)));
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
