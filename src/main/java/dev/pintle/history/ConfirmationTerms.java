package dev.pintle.history;

import dev.pintle.config.Durations;
import dev.pintle.guard.GuardBounds;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a revision that reverts unless it is confirmed.
 *
 * @param within the time until it reverts
 * @param guard reverts it earlier when the requests exceed these bounds; null for no bounds
 */
public record ConfirmationTerms(Duration within, @Nullable GuardBounds guard) {
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    /**
     * Reads the terms, such as {@code 2m} or {@code 2m; errors=2%; p99=800ms; atLeast=50}.
     *
     * @throws IllegalArgumentException with the rest of a sentence about the terms
     */
    public static ConfirmationTerms parse(String text) {
        String[] parts = text.split(";", 2);
        Duration within = Durations.parse(parts[0].strip())
                .filter(time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new IllegalArgumentException("must be a duration from 10s to 1h, such as 2m"));
        return new ConfirmationTerms(within, parts.length == 1 ? null : GuardBounds.parse(parts[1]));
    }
}
