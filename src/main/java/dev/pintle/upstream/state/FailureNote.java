package dev.pintle.upstream.state;

import dev.pintle.upstream.target.LastFailure;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The last failure of a target.
 *
 * @param reason one line without control characters, at most 300 characters
 * @param nanos the time by the ticker of the target
 */
record FailureNote(String reason, long nanos) {
    private static final int LONGEST = 300;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    FailureNote {
        String line = CONTROL.matcher(reason).replaceAll("?");
        reason = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    static String reasonOf(@Nullable FailureNote failure) {
        return failure == null ? "unknown" : failure.reason();
    }

    /** The failure with its time by the wall clock. */
    static @Nullable LastFailure at(@Nullable FailureNote failure, long nanosNow, Instant now) {
        return failure == null ? null : new LastFailure(failure.reason(), now.minusNanos(nanosNow - failure.nanos()));
    }
}
