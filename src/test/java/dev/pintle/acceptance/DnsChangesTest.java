package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.pintle.testing.GatewayExtension;
import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.TestDataDirectory;
import dev.pintle.testing.TestDirectories;
import dev.pintle.testing.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The gateway follows a DNS change of an upstream without a restart, here from IPv4 to IPv6. */
class DnsChangesTest {
    @RegisterExtension
    final GatewayExtension fixture = new GatewayExtension();

    private final Path hosts = TestDirectories.create("names-").resolve("hosts");

    @Test
    void trafficFollowsADnsChange() throws IOException {
        HttpServer old = server("127.0.0.1", 0);
        int port = old.getAddress().getPort();
        server("::1", port);
        name("127.0.0.1");
        GatewayProcess gateway = fixture.keep(GatewayProcess.start(
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Djdk.net.hosts.file=" + hosts),
                TestDataDirectory.create(),
                Map.of("DATABASE_URL", TestPostgres.migratedDatabase().url())));
        assertThat(gateway.admin("PUT", "/api/v1/routes/moving", """
                        {"match": {"path": "/"}, "upstream": {"targets": [{"url": "http://upstream.test:%d"}]}}""".formatted(port))
                        .statusCode())
                .isEqualTo(201);
        assertThat(gateway.get("/").body()).isEqualTo("127.0.0.1");
        name("::1");
        old.stop(0);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> gateway.get("/").body().equals("::1"));
    }

    /** Replaces the hosts file and DNS for the resolver of the gateway. */
    private void name(String address) throws IOException {
        Files.writeString(hosts, "127.0.0.1 localhost\n" + address + " upstream.test\n");
    }

    /** Responds with its address. */
    private HttpServer server(String address, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 0);
        byte[] body = address.getBytes(StandardCharsets.ISO_8859_1);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        fixture.keep(() -> server.stop(0));
        return server;
    }
}
