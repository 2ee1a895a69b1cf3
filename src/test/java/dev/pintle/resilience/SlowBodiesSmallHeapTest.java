package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDataDirectory;
import dev.pintle.testing.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** More clients with slow bodies than the heap fits reach the limit of their route. The node survives, and other
 * routes answer. */
class SlowBodiesSmallHeapTest {
    private static final int CLIENTS = 3_000;
    private static final String BEGINNING = "POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\nx";

    @Test
    void theNodeSurvives() throws IOException {
        try (RawUpstream silent = RawUpstream.that(RawUpstream.neverResponds());
                RawUpstream healthy = RawUpstream.that(RawUpstream.answers(200, "well"));
                GatewayProcess gateway = GatewayProcess.start(
                        GatewayProcess.shortLived("96m"),
                        TestDataDirectory.create(),
                        Map.of("DATABASE_URL", TestPostgres.migratedDatabase().url()))) {
            gateway.route("slow", "/slow", "", silent);
            gateway.route("well", "/well", "", healthy);

            List<SocketChannel> crowd = new ArrayList<>();
            try {
                for (int i = 0; i < CLIENTS; i++) {
                    crowd.add(client(gateway.port()));
                }
                awaitRejections(crowd, gateway);
                assertThat(gateway.get("/well").body()).as("another route").isEqualTo("well");
            } finally {
                for (SocketChannel client : crowd) {
                    client.close();
                }
            }
            await().until(() -> gateway.get("/well").body().equals("well"));
        }
    }

    private static SocketChannel client(int port) throws IOException {
        SocketChannel client = SocketChannel.open();
        client.configureBlocking(false);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return client;
    }

    /** Waits until the node has rejected the excess clients; all others stay connected. */
    private static void awaitRejections(List<SocketChannel> crowd, GatewayProcess gateway) {
        Set<SocketChannel> sent = new HashSet<>();
        Set<SocketChannel> refused = new HashSet<>();
        await().atMost(Duration.ofSeconds(50)).until(() -> {
            assertThat(gateway.isAlive()).as(gateway.output()).isTrue();
            for (SocketChannel client : crowd) {
                if (client.isConnected() || client.finishConnect()) {
                    if (sent.add(client)) {
                        client.write(ByteBuffer.wrap(BEGINNING.getBytes(StandardCharsets.US_ASCII)));
                    } else if (!refused.contains(client) && client.read(ByteBuffer.allocate(16)) > 0) {
                        refused.add(client);
                    }
                }
            }
            return refused.size() >= CLIENTS / 2;
        });
    }
}
