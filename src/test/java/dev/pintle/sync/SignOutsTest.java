package dev.pintle.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node that has not reached PostgreSQL since its start does not know which earlier sessions operators ended. */
class SignOutsTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00.7Z");
    private static final Instant EARLIER = Instant.parse("2026-01-31T11:59:59Z");
    private static final Instant SAME_SECOND = Instant.parse("2026-01-31T12:00:00Z");

    private final SignOuts signOuts = new SignOuts(START);

    @Test
    void earlierSessionsCountAsEndedUntilTheSignOutsAreKnown() {
        assertThat(signOuts.hasEnded("a", EARLIER)).isTrue();
        assertThat(signOuts.hasEnded("b", SAME_SECOND)).isFalse();

        signOuts.replace(List.of("a"));

        assertThat(signOuts.hasEnded("a", EARLIER)).isTrue();
        assertThat(signOuts.hasEnded("c", EARLIER)).isFalse();
    }
}
