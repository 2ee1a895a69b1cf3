package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.Durations;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request to answer a write only when every node serves it.
 *
 * @param timeout the longest time to wait
 */
record AppliedWait(Duration timeout) {
    private static final Duration DEFAULT = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /**
     * Parses the request from two query parameters; empty without them.
     *
     * @throws ApiException with 400 when one of them is invalid
     */
    static Optional<AppliedWait> of(@Nullable String wait, @Nullable String timeout) {
        if (wait == null && timeout == null) {
            return Optional.empty();
        }
        if (!"applied".equals(wait)) {
            throw new ApiException(
                    ApiErrorCode.BAD_REQUEST,
                    wait == null
                            ? "timeout is for wait=applied only; add wait=applied, or omit timeout."
                            : "wait must be \"applied\".");
        }
        return Optional.of(new AppliedWait(timeout == null ? DEFAULT : duration(timeout)));
    }

    private static Duration duration(String text) {
        return Durations.parse(text)
                .filter(duration -> duration.isPositive() && duration.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new ApiException(
                        ApiErrorCode.BAD_REQUEST, "timeout must be a duration from 1ms to 20s, such as 5s."));
    }
}
