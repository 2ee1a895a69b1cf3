package dev.pintle.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.BlockedConsoleGateway;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The console of the gateway takes no more output. */
class BlockedConsoleTest {
    private static final int MOST_REQUESTS = 6_000;
    private static final int BATCH = 300;
    private static final Pattern DROPPED = Pattern.compile("(?m)^gateway_access_log_dropped_total\\S* [1-9]");

    @Test
    void requestsAreAnsweredAndLinesAreDroppedWithinTheHeap() {
        try (BlockedConsoleGateway gateway = BlockedConsoleGateway.start("256m")) {
            for (int sent = 0; sent < MOST_REQUESTS && !drops(gateway); sent += BATCH) {
                requests(gateway);
            }
            assertThat(drops(gateway)).isTrue();

            requests(gateway);
            assertThat(gateway.get("/__health").statusCode()).isEqualTo(200);
            assertThat(gateway.isAlive()).isTrue();
        }
    }

    private static void requests(BlockedConsoleGateway gateway) {
        String refused = "/none/" + "x".repeat(7_000);
        for (int i = 0; i < BATCH; i++) {
            assertThat(gateway.get(refused).statusCode()).isEqualTo(404);
        }
    }

    private static boolean drops(BlockedConsoleGateway gateway) {
        return DROPPED.matcher(gateway.get("/__metrics").body()).find();
    }
}
