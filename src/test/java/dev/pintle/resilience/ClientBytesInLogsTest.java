package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.TestDataDirectory;
import dev.pintle.testing.TestPostgres;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Library loggers do not log client data. */
class ClientBytesInLogsTest {
    @Test
    void aBadHostIsLoggedInTheAccessLogOnly() {
        try (GatewayProcess gateway = GatewayProcess.start(
                GatewayProcess.shortLived("256m"),
                TestDataDirectory.create(),
                Map.of("DATABASE_URL", TestPostgres.migratedDatabase().url()))) {
            for (String host :
                    new String[] {"evil host", "evil:99999", "[evil", "evil\u001b[2J", "evil\r\nHost: evil2"}) {
                try (RawClient client = gateway.connect()) {
                    client.send("GET /x HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
                    assertThat(client.head()).startsWith("HTTP/1.1 400");
                }
            }
            try (RawHttp2Client client = RawHttp2Client.to(gateway.port())) {
                client.headers(
                        1,
                        RawHttp2Client.END_STREAM,
                        ":method",
                        "GET",
                        ":scheme",
                        "http",
                        ":path",
                        "/",
                        ":authority",
                        "evil:x");
                client.until(RawHttp2Client.GOAWAY);
            }
            assertThat(gateway.get("/last").statusCode()).isEqualTo(404);
            await().until(() -> gateway.output().contains("/last"));
            assertThat(gateway.output()).doesNotContain("evil", "org.eclipse.jetty", "HostPort");
        }
    }
}
