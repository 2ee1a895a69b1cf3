package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.RawHttp2Client;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDataDirectory;
import dev.pintle.testing.TestPostgres;
import dev.pintle.testing.TestRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** HTTP/2 uploads in frames of one byte that no upstream reads do not fill the heap. */
class SmallFramesSmallHeapTest {
    private static final int CLIENTS = 4;
    private static final int STREAMS = 4;
    private static final int THOUSANDS_A_STREAM = 100;
    private static final String PATIENT =
            ", \"timeout\": {\"connect\": \"50s\", \"attempt\": \"50s\", \"total\": \"50s\"}";

    @Test
    void theNodeSurvives() throws Exception {
        try (RawUpstream silent = RawUpstream.that(connection -> connection.linger());
                RawUpstream healthy = RawUpstream.that(RawUpstream.answers(200, "well"));
                GatewayProcess gateway = GatewayProcess.start(
                        GatewayProcess.shortLived("96m"),
                        TestDataDirectory.create(),
                        Map.of("DATABASE_URL", TestPostgres.migratedDatabase().url()))) {
            // No TLS handshake completes there.
            String stuck = TestRoutes.json("/stuck", PATIENT, silent).replace("http:", "https:");
            assertThat(gateway.admin("PUT", "/api/v1/routes/stuck", stuck).statusCode())
                    .isEqualTo(201);
            gateway.route("well", "/well", "", healthy);

            uploadsThatAreRead(gateway.port());
            assertThat(gateway.output()).doesNotContain("Reset the largest");

            List<RawHttp2Client> clients = new ArrayList<>();
            try {
                for (int i = 0; i < CLIENTS; i++) {
                    clients.add(RawHttp2Client.to(gateway.port()));
                }
                clients.forEach(SmallFramesSmallHeapTest::upload);
                await().until(() -> gateway.output().contains("Reset the largest"));
                assertThat(gateway.get("/well").body()).isEqualTo("well");
            } finally {
                clients.forEach(RawHttp2Client::close);
            }
            assertThat(gateway.isAlive()).as(gateway.output()).isTrue();
        }
    }

    /** Exceeds the limit on unread bytes in total. */
    private static void uploadsThatAreRead(int port) {
        try (RawHttp2Client client = RawHttp2Client.to(port)) {
            for (int stream = 1; stream < 4_000; stream += 2) {
                client.request(stream, 0, "POST", "/well").data(stream, RawHttp2Client.END_STREAM, "x");
                assertThat(client.answer(stream).body()).isEqualTo("well");
            }
        }
    }

    private static void upload(RawHttp2Client client) {
        for (int stream = 1; stream < 2 * STREAMS; stream += 2) {
            client.request(stream, 0, "POST", "/stuck");
            String frames = (RawHttp2Client.frame(1, RawHttp2Client.DATA, 0, stream) + "x").repeat(1_000);
            for (int i = 0; i < THOUSANDS_A_STREAM; i++) {
                client.raw(frames);
            }
        }
    }
}
