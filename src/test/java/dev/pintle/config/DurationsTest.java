package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "3s, PT3S", "1m, PT1M", "2h, PT2H", "7d, PT168H", "0s, PT0S", "007s, PT7S"})
    void aWholeNumberWithAUnitIsADuration(String text, Duration duration) {
        assertThat(Durations.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "s",
                "5 s",
                "-5s",
                "+5s",
                "1.5s",
                "5S",
                "5sec",
                "1m30s",
                " 5s",
                "5s ",
                "٣s",
                "5us",
                "9999999999999999999ms",
                "999999999999999999d"
            })
    void otherTextIsRejected(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.25S, 250ms",
        "PT1S, 1s",
        "PT90S, 90s",
        "PT2M, 2m",
        "PT24H, 1d",
        "PT25H, 25h",
        "PT0.0009S, 0s"
    })
    void theShortestFormIsUsed(Duration duration, String text) {
        assertThat(Durations.format(duration)).isEqualTo(text);
    }

    @Property
    void aFormattedDurationParsesToItself(@ForAll @LongRange(min = 0) long millis) {
        Duration duration = Duration.ofMillis(millis);

        assertThat(Durations.parse(Durations.format(duration)).filter(duration::equals))
                .as(Durations.format(duration))
                .isEqualTo(fits(millis) ? java.util.Optional.of(duration) : java.util.Optional.empty());
    }

    /** The parser rejects numbers of more than 18 digits, with any unit. */
    private static boolean fits(long millis) {
        return Durations.format(Duration.ofMillis(millis))
                        .replaceAll("[a-z]", "")
                        .length()
                <= 18;
    }
}
