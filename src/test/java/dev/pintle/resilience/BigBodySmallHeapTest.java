package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.LargeBody;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDataDirectory;
import dev.pintle.testing.TestPostgres;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies of three times the heap size pass unchanged in both directions. */
class BigBodySmallHeapTest {
    private static final long SIZE = 300L << 20;
    private static final List<String> HEAP =
            List.of("-Xmx96m", "-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1");

    private static RawUpstream upstream;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start() {
        upstream = RawUpstream.that(LargeBody.of(SIZE));
        gateway = GatewayProcess.start(
                HEAP,
                TestDataDirectory.create(),
                Map.of("DATABASE_URL", TestPostgres.migratedDatabase().url()));
        gateway.route("big", "/big", "", upstream);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void anUploadArrivesUnchanged() throws IOException {
        try (RawClient client = gateway.connect()) {
            client.send("POST /big HTTP/1.1\r\nHost: h\r\nContent-Length: " + SIZE + "\r\n\r\n");
            LargeBody.write(client.out(), SIZE);
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(client.until("whole")).isEqualTo("whole");
        }
    }

    @Test
    void aDownloadArrivesUnchanged() throws IOException {
        try (RawClient client = gateway.connect()) {
            client.send("GET /big HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            LargeBody.check(client.in(), SIZE);
            assertThat(client.rest()).isEmpty();
        }
    }
}
