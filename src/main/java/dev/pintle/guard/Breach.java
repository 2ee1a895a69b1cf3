package dev.pintle.guard;

import java.util.Locale;

/**
 * The reason to revert a change early.
 *
 * @param text the reason for the history, without a period
 */
public record Breach(Bound bound, String text) {
    /** The bound that the requests exceed. */
    public enum Bound {
        ERRORS,
        P99;

        /** The name in {@code Pintle-Confirm} and in metrics. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
