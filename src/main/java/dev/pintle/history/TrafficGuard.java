package dev.pintle.history;

import dev.pintle.config.Durations;
import java.time.Duration;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Bounds beyond which an unconfirmed revision reverts early.
 *
 * @param errors the share of requests that may end with a 5xx status, 0 to 1; null for any
 * @param p99 the longest time of 99 % of the requests; null for any
 * @param atLeast the number of requests below which nothing is decided
 */
public record TrafficGuard(
        @Nullable Double errors, @Nullable Duration p99, long atLeast) {
    /** The guard as an operator writes it. */
    public String text() {
        StringJoiner text = new StringJoiner("; ");
        if (errors != null) {
            text.add("errors=" + percent(errors) + '%');
        }
        if (p99 != null) {
            text.add("p99=" + Durations.format(p99));
        }
        return text.add("atLeast=" + atLeast).toString();
    }

    private static String percent(double share) {
        return Double.toString(Math.round(share * 10_000) / 100.0).replaceAll("\\.0$", "");
    }
}
