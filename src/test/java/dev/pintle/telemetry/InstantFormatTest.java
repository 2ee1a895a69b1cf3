package dev.pintle.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class InstantFormatTest {
    private final InstantFormat format = new InstantFormat();

    private String text(Instant instant) {
        StringBuilder text = new StringBuilder();
        format.append(text, instant);
        return text.toString();
    }

    @Property
    void anInstantIsFormattedAsItsToString(
            @ForAll @LongRange(min = -100_000_000_000L, max = 400_000_000_000L) long second,
            @ForAll @IntRange(max = 999_999_999) int nanos) {
        Instant instant = Instant.ofEpochSecond(second, nanos);
        assertThat(text(instant)).isEqualTo(instant.toString());
    }

    @Example
    void theFractionHasNoneOrThreeOrSixOrNineDecimals() {
        for (int nanos : new int[] {0, 1, 999_999_999, 1_000, 999_000, 10_000_000, 120_000_000, 123_456_000, 900}) {
            Instant instant = Instant.ofEpochSecond(1_764_104_638, nanos);
            assertThat(text(instant)).isEqualTo(instant.toString());
        }
    }
}
