package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pintle.testing.GatewayProcess;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestDataDirectory;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The gateway is killed during writes, and its embedded PostgreSQL loses its parent process. */
class KilledGatewayTest {
    private static final List<String> QUICK = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");

    @Test
    void noConfirmedWriteIsLost() throws InterruptedException {
        Path data = TestDataDirectory.withPostgres();
        List<String> written = new CopyOnWriteArrayList<>();
        try (RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"))) {
            try (GatewayProcess killed = GatewayProcess.start(QUICK, data, Map.of())) {
                Thread writer = Thread.ofVirtual().start(() -> write(killed, upstream, written));
                await().until(() -> written.size() > 20);
                killed.kill();
                writer.join();
            }
            try (GatewayProcess next = GatewayProcess.start(QUICK, data, Map.of())) {
                assertThat(written)
                        .allSatisfy(id -> assertThat(next.get("/" + id).body()).isEqualTo("hello"));
                assertThat(next.stop()).isEqualTo(143);
            }
        }
    }

    /** Writes routes until the gateway stops, and records the confirmed ones. */
    private static void write(GatewayProcess gateway, RawUpstream upstream, List<String> written) {
        try {
            for (int i = 0; true; i++) {
                gateway.route("route-" + i, "/route-" + i, "", upstream);
                written.add("route-" + i);
            }
        } catch (UncheckedIOException e) {
            // The gateway is killed.
        }
    }
}
