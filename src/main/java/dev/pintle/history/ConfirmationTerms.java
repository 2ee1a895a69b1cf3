package dev.pintle.history;

import dev.pintle.config.Durations;
import java.time.Duration;

/**
 * The terms of a revision that reverts unless it is confirmed.
 *
 * @param within the time until it reverts
 */
public record ConfirmationTerms(Duration within) {
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    /**
     * Reads the terms, such as {@code 2m}.
     *
     * @throws IllegalArgumentException with the rest of a sentence about the terms
     */
    public static ConfirmationTerms parse(String text) {
        if (text.contains(";")) {
            throw new IllegalArgumentException("takes a duration only; bounds such as errors= are not supported");
        }
        return Durations.parse(text.strip())
                .filter(time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0)
                .map(ConfirmationTerms::new)
                .orElseThrow(() -> new IllegalArgumentException("must be a duration from 10s to 1h, such as 2m"));
    }
}
