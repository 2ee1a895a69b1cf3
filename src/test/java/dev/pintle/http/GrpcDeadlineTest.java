package dev.pintle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pintle.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcDeadlineTest {
    private final ManualTicker ticker = new ManualTicker();

    @ParameterizedTest
    @CsvSource({
        "1n, 1n",
        "99999999n, 99999999n",
        "5m, 5000000n",
        "1S, 1000000u",
        "2M, 120000m",
        "99999999H, 99999999S",
    })
    void theHeaderHasTheFinestUnitOfEightDigits(String sent, String header) {
        assertThat(GrpcDeadline.of(sent, ticker).header()).isEqualTo(header);
    }

    @Test
    void theHeaderIsReducedByTheTimeThatPassed() {
        GrpcDeadline deadline = GrpcDeadline.of("1S", ticker);
        ticker.advance(Duration.ofMillis(999));
        assertThat(deadline.header()).isEqualTo("1000000n");
        assertThat(deadline.left()).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S", "1", "123456789S", "1s", "-1S", "1 S", "1.5S"})
    void aMalformedTimeoutIsRefused(String timeout) {
        assertThatIllegalArgumentException().isThrownBy(() -> GrpcDeadline.of(timeout, ticker));
    }
}
