package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A limit that skipped the validation of documents is refused with its values. */
class RateLimitSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "a b, 1, PT1S, 1, \"a b\" is invalid",
        "'', 1, PT1S, 1, \"\" is invalid",
        "plan, 0, PT1S, 1, '0, 1, PT1S'",
        "plan, 1, PT1S, 0, '1, 0, PT1S'",
        "plan, 1, PT0.0009S, 1, '1, 1, PT0.0009S'",
    })
    void aLimitNeedsANameRequestsABurstAndAPeriod(String name, int permits, Duration per, int burst, String values) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new RateLimitSettings(name, permits, per, burst, new RouteLimitKey(), RedisFailureMode.SPLIT))
                .withMessageContaining(values);
    }
}
