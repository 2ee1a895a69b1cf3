package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.BlockedConsoleGateway;
import org.junit.jupiter.api.Test;

/** The console of the gateway takes no more output. */
class BlockedConsoleTest {
    private static final int REQUESTS = 6_000;

    @Test
    void requestsAreAnsweredAndLinesAreDroppedWithinTheHeap() {
        try (BlockedConsoleGateway gateway = BlockedConsoleGateway.start("256m")) {
            String refused = "/none/" + "x".repeat(7_000);

            for (int i = 0; i < REQUESTS; i++) {
                assertThat(gateway.get(refused).statusCode()).isEqualTo(404);
            }

            assertThat(gateway.get("/__health").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/__metrics").body())
                    .containsPattern("(?m)^gateway_access_log_dropped_total\\S* [1-9]");
            assertThat(gateway.isAlive()).isTrue();
        }
    }
}
