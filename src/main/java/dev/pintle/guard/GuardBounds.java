package dev.pintle.guard;

import dev.pintle.config.Durations;
import dev.pintle.guard.Breach.Bound;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of a change: Pintle reverts it early when the requests of the changed routes exceed one of them, and are also more
 * than twice as bad as before the change.
 *
 * @param errors the largest percentage of failed requests; null for no bound
 * @param p99 the longest duration that 99 % of the requests may take; null for no bound
 * @param atLeast the number of requests since the change that a judgement needs
 */
public record GuardBounds(
        @Nullable BigDecimal errors, @Nullable Duration p99, long atLeast) {
    private static final double WORSE = 2;

    /**
     * Parses bounds, such as {@code errors=2%; p99=800ms; atLeast=50}.
     *
     * @throws IllegalArgumentException with the rest of a sentence about the bounds
     */
    public static GuardBounds parse(String text) {
        return GuardBoundsReader.read(text);
    }

    /** The bounds in the form that {@link #parse} reads. */
    public String text() {
        return (errors == null ? "" : "errors=" + errors.toPlainString() + "%; ")
                + (p99 == null ? "" : "p99=" + Durations.format(p99) + "; ")
                + "atLeast=" + atLeast;
    }

    /** The breach of a bound; empty while there is none, or too few requests to know. */
    public Optional<Breach> judge(TrafficSample sample) {
        return sample.since().requests() < atLeast
                ? Optional.empty()
                : errorsBreach(sample).or(() -> p99Breach(sample));
    }

    private Optional<Breach> errorsBreach(TrafficSample sample) {
        double share = sample.since().failedShare();
        double before = sample.before().failedShare();
        if (errors == null || share <= errors.doubleValue() / 100 || share <= WORSE * before) {
            return Optional.empty();
        }
        return Optional.of(new Breach(
                Bound.ERRORS,
                percent(share) + " of " + sample.since().requests() + " requests failed, above errors="
                        + errors.toPlainString() + "%; " + before(sample, percent(before))));
    }

    private Optional<Breach> p99Breach(TrafficSample sample) {
        Duration time = sample.since().p99();
        Duration before = sample.before().p99();
        if (p99 == null || time.compareTo(p99) <= 0 || time.toNanos() <= WORSE * before.toNanos()) {
            return Optional.empty();
        }
        return Optional.of(new Breach(
                Bound.P99,
                "the p99 of " + sample.since().requests() + " requests was " + time.toMillis() + "ms, above p99="
                        + Durations.format(p99) + "; " + before(sample, before.toMillis() + "ms")));
    }

    private static String before(TrafficSample sample, String value) {
        return sample.before().requests() == 0
                ? "no requests in the five minutes before"
                : value + " in the five minutes before";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }
}
