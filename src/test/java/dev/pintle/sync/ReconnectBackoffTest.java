package dev.pintle.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReconnectBackoffTest {
    private final ReconnectBackoff backoff = new ReconnectBackoff(new Random(1));

    @Test
    void waitsGrowToFiveSecondsWithAtMostHalfAsJitter() {
        assertThat(Stream.generate(backoff::next).limit(5))
                .satisfiesExactly(
                        wait -> assertThat(wait).isBetween(Duration.ofMillis(50), Duration.ofMillis(100)),
                        wait -> assertThat(wait).isBetween(Duration.ofMillis(100), Duration.ofMillis(200)),
                        wait -> assertThat(wait).isBetween(Duration.ofMillis(200), Duration.ofMillis(400)),
                        wait -> assertThat(wait).isBetween(Duration.ofMillis(400), Duration.ofMillis(800)),
                        wait -> assertThat(wait).isBetween(Duration.ofMillis(800), Duration.ofMillis(1600)));
        assertThat(Stream.generate(backoff::next).skip(2).limit(100))
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(5)));
    }

    @Test
    void aSuccessResetsTheBackoff() {
        Stream.generate(backoff::next).limit(10).forEach(wait -> {});

        backoff.reset();

        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
    }
}
