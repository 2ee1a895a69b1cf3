package dev.pintle.server.guards;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinimumDataRateTest {
    @ParameterizedTest
    @CsvSource({
        "0, PT20S, false",
        "1, PT20.001S, true",
        "1999, PT20.001S, true",
        "2000, PT20.001S, false",
        "1000000, PT2H, false",
        "700000, PT2H, true"
    })
    void aBodyNeedsAMinimumRateAfterTheGracePeriod(long bytes, Duration waited, boolean tooSlow) {
        assertThat(MinimumDataRate.isTooSlow(bytes, waited.toNanos())).isEqualTo(tooSlow);
    }
}
